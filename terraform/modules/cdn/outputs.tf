output "alias" {
  description = "Target for names in DNS."
  value       = { dns_name = aws_cloudfront_distribution.this.domain_name, zone_id = aws_cloudfront_distribution.this.hosted_zone_id }
}

output "distribution_id" {
  description = "Id of the distribution, to throw away what it keeps."
  value       = aws_cloudfront_distribution.this.id
}
