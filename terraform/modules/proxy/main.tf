# RDS Proxy: keeps few connections to the database for many of the service, and hides a failover.

# --- Proxy ------------------------------------------------------------------------------------------------------------

resource "aws_db_proxy" "this" {
  name                   = var.name
  engine_family          = "POSTGRESQL"
  role_arn               = module.role.arn
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

module "role" {
  source = "../role"

  name                     = "${var.name}-proxy"
  description              = "RDS Proxy reads the logins it knows"
  service                  = "rds.amazonaws.com"
  permissions_boundary_arn = var.permissions_boundary_arn

  statements = [
    { sid = "Secrets", actions = ["secretsmanager:GetSecretValue"], resources = values(var.logins) },
    {
      sid       = "SecretsKey"
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
      condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.region}.amazonaws.com" } }
    },
  ]
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
