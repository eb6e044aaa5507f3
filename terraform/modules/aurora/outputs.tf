# A cluster is there before its instances are, and RDS refuses what is asked of it meanwhile: RegisterDBProxyTargets with
# InvalidDBInstanceState (CONFIGURING_ENHANCED_MONITORING,
# https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RegisterDBProxyTargets.html).
# So whoever uses one of these outputs waits until every instance is available.

output "arn" {
  description = "ARN of the cluster, known once its instances are available."
  value       = aws_rds_cluster.this.arn
  depends_on  = [aws_rds_cluster_instance.this]
}

output "identifier" {
  description = "Name of the cluster, known once its instances are available."
  value       = aws_rds_cluster.this.cluster_identifier
  depends_on  = [aws_rds_cluster_instance.this]
}

output "instances" {
  description = "Names of the instances."
  value       = aws_rds_cluster_instance.this[*].identifier
}

output "endpoint" {
  description = "The writer: host, port and database; known once its instances are available."
  value = {
    host = aws_rds_cluster.this.endpoint
    port = aws_rds_cluster.this.port
    name = aws_rds_cluster.this.database_name
  }
  depends_on = [aws_rds_cluster_instance.this]
}

output "master_secret_arn" {
  description = "Secret of the master user, which RDS keeps."
  value       = one(aws_rds_cluster.this.master_user_secret[*].secret_arn)
}

output "publicly_accessible" {
  description = "Whether any instance has a public address, for tests to read."
  value       = anytrue(aws_rds_cluster_instance.this[*].publicly_accessible)
}

output "guarded" {
  description = "What keeps it from being lost or read, for tests to read."
  value = {
    deletion_protection = aws_rds_cluster.this.deletion_protection
    final_snapshot      = !aws_rds_cluster.this.skip_final_snapshot
    backup_days         = aws_rds_cluster.this.backup_retention_period
    encrypted           = aws_rds_cluster.this.storage_encrypted
  }
}

output "network" {
  description = "Where it is, for tests to read."
  value       = { subnet_ids = aws_db_subnet_group.this.subnet_ids, security_group_ids = aws_rds_cluster.this.vpc_security_group_ids }
}
