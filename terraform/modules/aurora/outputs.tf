output "arn" {
  description = "ARN of the cluster."
  value       = aws_rds_cluster.this.arn
}

output "identifier" {
  description = "Name of the cluster."
  value       = aws_rds_cluster.this.cluster_identifier
}

output "instances" {
  description = "Names of the instances."
  value       = aws_rds_cluster_instance.this[*].identifier
}

output "endpoint" {
  description = "The writer: host, port and database."
  value = {
    host = aws_rds_cluster.this.endpoint
    port = aws_rds_cluster.this.port
    name = aws_rds_cluster.this.database_name
  }
}

output "master_secret_arn" {
  description = "Secret of the master user, which RDS keeps."
  value       = one(aws_rds_cluster.this.master_user_secret[*].secret_arn)
}

output "publicly_accessible" {
  description = "Whether any instance has a public address, for tests to read."
  value       = anytrue(aws_rds_cluster_instance.this[*].publicly_accessible)
}
