output "arn" {
  description = "ARN of the instance."
  value       = aws_db_instance.this.arn
}

output "identifier" {
  description = "Name of the instance."
  value       = aws_db_instance.this.identifier
}

output "endpoint" {
  description = "Host, port and database."
  value       = { host = aws_db_instance.this.address, port = aws_db_instance.this.port, name = aws_db_instance.this.db_name }
}

output "master_secret_arn" {
  description = "Secret of the master user, which RDS keeps."
  value       = one(aws_db_instance.this.master_user_secret[*].secret_arn)
}

output "publicly_accessible" {
  description = "Whether the instance has a public address, for tests to read."
  value       = aws_db_instance.this.publicly_accessible
}
