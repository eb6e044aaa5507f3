# A secret of which nobody knows the first value: it is made here and never written to the state. Later ones are the rotation's business.

# --- Secret -----------------------------------------------------------------------------------------------------------

resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV2_AWS_57:the module rotation rotates it; demo has none
  name                    = var.name
  description             = var.description
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days
}

# --- First value ------------------------------------------------------------------------------------------------------

locals {
  first = var.first == null ? ephemeral.random_password.first.result : var.first
}

ephemeral "random_password" "first" {
  length  = var.length
  special = false
}

resource "aws_secretsmanager_secret_version" "first" {
  secret_id = aws_secretsmanager_secret.this.id

  secret_string_wo         = var.fields == null ? local.first : jsonencode(merge(var.fields, { password = local.first }))
  secret_string_wo_version = 1 # as long as it stays, what the rotation wrote stays too
}
