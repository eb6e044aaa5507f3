# RDS Proxy: keeps few connections to the database for many of the service, and hides a failover.

# --- Proxy ------------------------------------------------------------------------------------------------------------

resource "aws_db_proxy" "this" {
  name                   = var.name
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.this.arn
  vpc_subnet_ids         = var.subnet_ids
  vpc_security_group_ids = [var.security_group_id]
  require_tls            = true
  idle_client_timeout    = 1800
  debug_logging          = false # it would log statements

  dynamic "auth" {
    for_each = var.logins
    content {
      description = auth.key
      auth_scheme = "SECRETS"
      secret_arn  = auth.value
      iam_auth    = var.iam_login ? "REQUIRED" : "DISABLED"
    }
  }
}

# --- What it leads to -------------------------------------------------------------------------------------------------

resource "aws_db_proxy_default_target_group" "this" {
  db_proxy_name = aws_db_proxy.this.name

  connection_pool_config {
    max_connections_percent      = 80 # the rest is for migrations, rotations and people
    max_idle_connections_percent = 20
    connection_borrow_timeout    = 5
  }
}

resource "aws_db_proxy_target" "this" {
  db_proxy_name         = aws_db_proxy.this.name
  target_group_name     = aws_db_proxy_default_target_group.this.name
  db_cluster_identifier = var.cluster_identifier
}

# --- Role: reads the secrets of the logins, and nothing else ----------------------------------------------------------

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

resource "aws_iam_role" "this" {
  name                 = "${var.name}-proxy"
  path                 = "/whc/"
  description          = "RDS Proxy reads the logins it knows"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "rds.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "logins"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Secrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = values(var.logins)
      },
      {
        Sid       = "SecretsKey"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [var.kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.region}.amazonaws.com" } }
      },
    ]
  })
}

# --- What IAM calls a login through this proxy ------------------------------------------------------------------------

locals {
  # Of arn:aws:rds:REGION:ACCOUNT:db-proxy:prx-0123abc, the last part; the proxy's name is not what rds-db:connect takes.
  resource_id = element(split(":", aws_db_proxy.this.arn), 6)

  connect_arns = { for user in keys(var.logins) : user => join(":", [
    "arn", data.aws_partition.current.partition, "rds-db", data.aws_region.current.region,
    data.aws_caller_identity.current.account_id, "dbuser", "${local.resource_id}/${user}",
  ]) }
}
