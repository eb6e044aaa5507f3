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

output "leads_to" {
  description = "Cluster, and secrets of those who log in through it, for tests to read."
  value = {
    cluster = aws_db_proxy_target.this.db_cluster_identifier
    secrets = toset([for auth in aws_db_proxy.this.auth : auth.secret_arn])
  }
}

output "network" {
  description = "Where it is, for tests to read."
  value       = { subnet_ids = aws_db_proxy.this.vpc_subnet_ids, security_group_ids = aws_db_proxy.this.vpc_security_group_ids }
}
