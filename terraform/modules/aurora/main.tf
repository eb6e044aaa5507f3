# PostgreSQL that grows and shrinks with what is asked of it: Aurora Serverless v2, over several zones.

# --- Where it is: subnets without a way out ---------------------------------------------------------------------------

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

# --- Parameters -------------------------------------------------------------------------------------------------------

resource "aws_rds_cluster_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "aurora-postgresql${var.engine_version}"
  description = "TLS only; slow statements and lock waits in the log"

  # log_statement stays off: ALTER ROLE … PASSWORD would be in the log.
  dynamic "parameter" {
    for_each = {
      "rds.force_ssl"                       = "1"
      "log_min_duration_statement"          = "500"
      "log_lock_waits"                      = "1"
      "idle_in_transaction_session_timeout" = "60000"
    }
    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "immediate"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

# --- Cluster ----------------------------------------------------------------------------------------------------------

resource "aws_rds_cluster" "this" {
  #checkov:skip=CKV2_AWS_8:the module backup selects it by ARN
  #checkov:skip=CKV2_AWS_27:log_min_duration_statement logs what is slow; every statement would be every second's poll
  cluster_identifier = var.name
  engine             = "aurora-postgresql"
  engine_version     = var.engine_version
  database_name      = var.database_name
  port               = 5432

  db_subnet_group_name            = aws_db_subnet_group.this.name
  vpc_security_group_ids          = [var.security_group_id]
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.this.name

  # RDS makes, keeps and rotates the master's password; nobody ever sees it, the state neither.
  master_username                     = "whc_master"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = true

  storage_encrypted         = true
  kms_key_id                = var.kms_key_arn
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final-${substr(terraform_data.final.id, 0, 8)}"
  copy_tags_to_snapshot     = true

  backup_retention_period      = var.backup_retention_days
  preferred_backup_window      = "02:00-03:00"
  preferred_maintenance_window = "sun:03:30-sun:04:30"
  apply_immediately            = false

  enabled_cloudwatch_logs_exports = ["postgresql"]

  serverlessv2_scaling_configuration {
    min_capacity = var.min_capacity
    max_capacity = var.max_capacity
  }

  # Only a cluster that is made looks at it: forgetting it later must not make another.
  snapshot_identifier = var.restore_from

  lifecycle {
    ignore_changes = [snapshot_identifier]
  }

  depends_on = [aws_cloudwatch_log_group.this]
}

# --- Instances: the first writes; every further one can take over -----------------------------------------------------

resource "aws_rds_cluster_instance" "this" {
  count = var.instances

  identifier                   = "${var.name}-${count.index}"
  cluster_identifier           = aws_rds_cluster.this.id
  engine                       = aws_rds_cluster.this.engine
  engine_version               = aws_rds_cluster.this.engine_version
  instance_class               = "db.serverless"
  publicly_accessible          = false
  promotion_tier               = min(count.index, 1) # tiers 0 and 1 keep the size of the writer
  auto_minor_version_upgrade   = true
  ca_cert_identifier           = "rds-ca-rsa2048-g1"
  copy_tags_to_snapshot        = true
  monitoring_interval          = 60
  monitoring_role_arn          = module.monitoring_role.arn
  performance_insights_enabled = true

  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 7
}

# --- Log and monitoring -----------------------------------------------------------------------------------------------

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_338:kept as long as log_retention_days says
  name              = "/aws/rds/cluster/${var.name}/postgresql" # RDS gives the name
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

module "monitoring_role" {
  source = "../role"

  name                     = "${var.name}-db-monitoring"
  description              = "RDS writes metrics of the instances' operating system"
  service                  = "monitoring.rds.amazonaws.com"
  managed_policies         = ["service-role/AmazonRDSEnhancedMonitoringRole"]
  permissions_boundary_arn = var.permissions_boundary_arn
}

# A name is taken for as long as its snapshot is there, and whoever deletes a database for the second time would be refused.
resource "terraform_data" "final" {
  triggers_replace = [var.name, var.restore_from]
}
