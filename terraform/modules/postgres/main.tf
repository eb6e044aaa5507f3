# PostgreSQL in its smallest form: one instance in one zone, for an environment that may be away for a while.

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

# --- Parameters -------------------------------------------------------------------------------------------------------

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "postgres${var.engine_version}"
  description = "TLS only"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# --- Instance ---------------------------------------------------------------------------------------------------------

resource "aws_db_instance" "this" {
  #checkov:skip=CKV_AWS_157:one zone; an environment that must not be away uses the module aurora
  #checkov:skip=CKV_AWS_118:metrics of the operating system are not worth their price here
  #checkov:skip=CKV2_AWS_30:every statement in the log would be every second's poll
  #checkov:skip=CKV_AWS_293:deletion_protection, which only an environment made to be thrown away turns off
  #checkov:skip=CKV_AWS_353:performance_insights, which the smallest classes do without
  #checkov:skip=CKV_AWS_354:encrypted with our key where it is on
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  db_name        = var.database_name
  port           = 5432
  multi_az       = false

  publicly_accessible    = false
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [var.security_group_id]
  parameter_group_name   = aws_db_parameter_group.this.name
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  # RDS makes, keeps and rotates the master's password.
  username                            = "whc_master"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = true

  allocated_storage     = 20
  max_allocated_storage = 40
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  backup_retention_period   = var.backup_retention_days
  copy_tags_to_snapshot     = true
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !var.deletion_protection
  final_snapshot_identifier = var.deletion_protection ? "${var.name}-final-${substr(terraform_data.final.id, 0, 8)}" : null

  auto_minor_version_upgrade      = true
  enabled_cloudwatch_logs_exports = ["postgresql"]

  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_338:kept as long as log_retention_days says
  name              = "/aws/rds/instance/${var.name}/postgresql" # RDS gives the name
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# A name is taken for as long as its snapshot is there, and whoever deletes a database for the second time would be refused.
resource "terraform_data" "final" {
  triggers_replace = [var.name]
}
