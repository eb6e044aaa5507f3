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

output "guarded" {
  description = "What keeps it from being lost or read, for tests to read."
  value = {
    deletion_protection = aws_db_instance.this.deletion_protection
    final_snapshot      = !aws_db_instance.this.skip_final_snapshot
    backup_days         = aws_db_instance.this.backup_retention_period
    encrypted           = aws_db_instance.this.storage_encrypted
  }
}

output "network" {
  description = "Where it is, for tests to read."
  value       = { subnet_ids = aws_db_subnet_group.this.subnet_ids, security_group_ids = aws_db_instance.this.vpc_security_group_ids }
}
