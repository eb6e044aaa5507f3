output "name" {
  description = "Name of the proxy."
  value       = aws_db_proxy.this.name
}

output "host" {
  description = "Where the service connects to; the certificate is of the Amazon roots, not of RDS."
  value       = aws_db_proxy.this.endpoint
}

output "connect_arns" {
  description = "By user, the resource of rds-db:connect."
  value       = local.connect_arns
}
