# A login of the database as a secret. Its first password is made here and never written to the state; later ones are
# the rotation's business.

# --- Secret -----------------------------------------------------------------------------------------------------------

resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV2_AWS_57:the module rotation rotates it; demo has none
  name                    = var.name
  description             = "Login ${var.username} of the database ${var.database.name}"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_days
}

# --- First value: the keys are those AWS's own rotations and RDS Proxy expect -----------------------------------------

ephemeral "random_password" "first" {
  length  = 40
  special = false
}

resource "aws_secretsmanager_secret_version" "first" {
  secret_id = aws_secretsmanager_secret.this.id

  secret_string_wo = jsonencode({
    engine   = "postgres"
    host     = var.database.host
    port     = var.database.port
    dbname   = var.database.name
    username = var.username
    password = ephemeral.random_password.first.result
  })
  secret_string_wo_version = 1 # as long as it stays, what the rotation wrote stays too
}
