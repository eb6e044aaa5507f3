# New passwords, tokens and keys on a schedule: whc-rotation, a function that Secrets Manager calls in four steps for each secret.

# --- Function; its environment is the contract with the program (docs/OPERATIONS.md has it as a table) ----------------

module "function" {
  source = "../function"

  name                     = var.name
  description              = "Rotates passwords, tokens and keys"
  package                  = var.package
  architecture             = var.architecture
  timeout_seconds          = 60
  reserved_concurrency     = var.reserved_concurrency
  network                  = var.network
  log_retention_days       = var.log_retention_days
  kms_key_arn              = var.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn

  environment = merge(
    {
      ROTATION_STRATEGY = var.strategy
      MASTER_SECRET_ARN = var.database.master_secret_arn
      DB_HOST           = var.database.host
      DB_PORT           = tostring(var.database.port)
      DB_NAME           = var.database.name
      DB_SSLMODE        = "verify-full"
      DB_SSLROOTCERT    = var.ca_file
    },
    var.cache == null ? {} : { VALKEY_HOST = var.cache.host, VALKEY_PORT = tostring(var.cache.port) },
    var.session_keys == null ? {} : { SESSION_KEYS_SECRET_ARN = var.secrets[var.session_keys] },
    var.redeploy == null ? {} : { ECS_CLUSTER = var.redeploy.cluster_name, ECS_SERVICE = var.redeploy.service_name },
  )

  permissions = merge(
    {
      # The four steps, on the secrets it rotates and no others.
      Rotate = {
        actions = [
          "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage",
        ]
        resources = values(var.secrets)
      }
      # Who may give others a new password.
      ReadMaster = { actions = ["secretsmanager:GetSecretValue"], resources = [var.database.master_secret_arn] }
      MakeUp     = { actions = ["secretsmanager:GetRandomPassword"], resources = ["*"] }
      Decrypt    = { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [var.kms_key_arn] }
    },
    # Two tokens of these users count at a time.
    var.cache == null ? {} : {
      SetTokens = { actions = ["elasticache:ModifyUser"], resources = var.cache.user_arns }
    },
    # Tasks that took the old value at their start are replaced; nothing else of the service can be changed.
    var.redeploy == null ? {} : {
      Redeploy = { actions = ["ecs:UpdateService", "ecs:DescribeServices"], resources = [var.redeploy.service_arn] }
    },
  )
}

# --- Who may call it --------------------------------------------------------------------------------------------------

data "aws_caller_identity" "current" {}

resource "aws_lambda_permission" "secrets_manager" {
  statement_id   = "secrets-manager"
  action         = "lambda:InvokeFunction"
  function_name  = module.function.name
  principal      = "secretsmanager.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
}

# --- Schedules --------------------------------------------------------------------------------------------------------

resource "aws_secretsmanager_secret_rotation" "this" {
  #checkov:skip=CKV_AWS_304:schedule_expression says so, rate(30 days) by default; checkov reads only the days

  for_each = var.secrets

  secret_id           = each.value
  rotation_lambda_arn = module.function.arn

  # An apply replaces no task, so it rotates nothing. Secrets Manager then tries the function out by a testSecret alone, of a
  # version that it makes for it and removes: a log-in, which needs the logins to be there. They are made by a task after
  # the first migration; that is why an environment begins without functions.
  rotate_immediately = false

  rotation_rules {
    schedule_expression = var.schedule
    duration            = "3h"
  }

  depends_on = [aws_lambda_permission.secrets_manager]
}
