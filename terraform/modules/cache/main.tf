# ElastiCache Serverless for Valkey: what processes of a service share. Every user has the keys below its own prefix, and nobody is
# in without a login.

# --- Cache ------------------------------------------------------------------------------------------------------------

resource "aws_elasticache_serverless_cache" "this" {
  name                 = var.name
  description          = "What processes of ${var.name} share"
  engine               = "valkey"
  major_engine_version = "8"
  user_group_id        = aws_elasticache_user_group.this.user_group_id
  subnet_ids           = var.subnet_ids
  security_group_ids   = [var.security_group_id]
  kms_key_id           = var.kms_key_arn

  # Nothing is kept: an answer is written anew, and a restored session would be one that somebody has ended.
  snapshot_retention_limit = 0

  # Over the one entries go that were not used for long, over the other commands wait: neither costs more than is written here.
  cache_usage_limits {
    data_storage {
      maximum = var.limits.gigabytes
      unit    = "GB"
    }
    ecpu_per_second {
      maximum = var.limits.ecpu_per_second
    }
  }
}

# --- Users: id and name are the same, as tokens of IAM demand ---------------------------------------------------------

locals {
  users = { for user in var.users : user => "${var.name}-${user}" }

  # The same words are in whc-core/tests/it/valkey/access.rs, by way of the file.
  access = { for user, id in local.users : user => replace(file("${path.module}/access"), "PREFIX", id) }
}

resource "aws_elasticache_user" "this" {
  for_each = local.users

  engine        = "valkey"
  user_id       = each.value
  user_name     = each.value
  access_string = local.access[each.key]

  # As long as the version stays, what the rotation wrote stays too.
  passwords_wo         = var.login == "token" ? ephemeral.random_password.token[each.key].result : null
  passwords_wo_version = var.login == "token" ? 1 : null

  dynamic "authentication_mode" {
    for_each = var.login == "iam" ? ["iam"] : []
    content {
      type = authentication_mode.value
    }
  }
}

# Who does not say who they are is called so, and may do everything unless somebody else has the name.
resource "aws_elasticache_user" "nobody" {
  engine               = "valkey"
  user_id              = "${var.name}-nobody"
  user_name            = "default"
  access_string        = "off -@all"
  passwords_wo         = ephemeral.random_password.nobody.result # a group of this engine takes no user without one
  passwords_wo_version = 1
}

ephemeral "random_password" "nobody" {
  length  = 128
  special = false
}

resource "aws_elasticache_user_group" "this" {
  engine        = "valkey"
  user_group_id = var.name
  user_ids      = concat([aws_elasticache_user.nobody.user_id], [for user in aws_elasticache_user.this : user.user_id])
}

# --- Tokens, where users do not log in by IAM -------------------------------------------------------------------------

ephemeral "random_password" "token" {
  for_each = var.login == "token" ? local.users : {}

  length  = 64
  special = false
}

module "token" {
  source   = "../secret"
  for_each = var.login == "token" ? local.users : {}

  name          = "${var.name}/valkey_${each.key}"
  description   = "Login ${each.value} of the cache ${var.name}"
  fields        = { engine = "valkey", username = each.value }
  first         = ephemeral.random_password.token[each.key].result
  kms_key_arn   = var.kms_key_arn
  recovery_days = var.recovery_days
}

# --- What each user needs to connect, as docs/CONFIGURATION.md has it -------------------------------------------------

locals {
  endpoint = one(aws_elasticache_serverless_cache.this.endpoint)

  environments = { for user, id in local.users : user => merge(
    {
      VALKEY_HOST   = local.endpoint.address
      VALKEY_PORT   = tostring(local.endpoint.port)
      VALKEY_USER   = aws_elasticache_user.this[user].user_name
      VALKEY_PREFIX = id
      VALKEY_SSL    = "true"
    },
    var.login == "iam" ? { VALKEY_IAM_AUTH = "true", VALKEY_CLUSTER_ID = aws_elasticache_serverless_cache.this.name } : {},
    var.login == "token" ? { VALKEY_SECRET_ARN = module.token[user].arn } : {},
  ) }

  # The program asks for its token itself, so that it outlives a rotation.
  permissions = { for user in var.users : user => merge(
    { for sid in var.login == "iam" ? ["LogInToTheCache"] : [] : sid => {
      actions   = ["elasticache:Connect"]
      resources = [aws_elasticache_serverless_cache.this.arn, aws_elasticache_user.this[user].arn]
    } },
    { for sid in var.login == "token" ? ["ReadItsToken"] : [] : sid => {
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [module.token[user].arn]
    } },
    { for sid in var.login == "token" ? ["DecryptItsToken"] : [] : sid => {
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
    } },
  ) }
}
