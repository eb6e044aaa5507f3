output "alias" {
  description = "Target for names in DNS."
  value = {
    dns_name = aws_globalaccelerator_accelerator.this.dns_name
    zone_id  = aws_globalaccelerator_accelerator.this.hosted_zone_id
  }
}
