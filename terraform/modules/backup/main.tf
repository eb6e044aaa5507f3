# Backups that outlive the database, the region and a mistake: weekly, monthly and yearly, each copied to another region.

locals {
  rules = {
    weekly  = { schedule = "cron(0 4 ? * SUN *)", keep_days = 30 }
    monthly = { schedule = "cron(0 5 1 * ? *)", keep_days = 365 }
    yearly  = { schedule = "cron(0 6 1 1 ? *)", keep_days = 2555 }
  }
}

# --- Vaults: here, and in the other region ----------------------------------------------------------------------------

resource "aws_backup_vault" "here" {
  name        = var.name
  kms_key_arn = var.kms_key_arn
}

module "copy_key" {
  source = "../key"

  region      = var.copy_region
  name        = "${var.name}-backup"
  description = "Copies of backups of ${var.name}"
}

resource "aws_backup_vault" "copy" {
  region      = var.copy_region
  name        = var.name
  kms_key_arn = module.copy_key.arn
}

# --- Lock: nobody shortens what is kept or deletes it early; in governance mode, so that an administrator can lift it --

resource "aws_backup_vault_lock_configuration" "here" {
  backup_vault_name  = aws_backup_vault.here.name
  min_retention_days = 30
}

resource "aws_backup_vault_lock_configuration" "copy" {
  region             = var.copy_region
  backup_vault_name  = aws_backup_vault.copy.name
  min_retention_days = 30
}

# --- Plan -------------------------------------------------------------------------------------------------------------

resource "aws_backup_plan" "this" {
  name = var.name

  dynamic "rule" {
    for_each = local.rules

    content {
      rule_name         = rule.key
      target_vault_name = aws_backup_vault.here.name
      schedule          = rule.value.schedule
      start_window      = 60
      completion_window = 360

      lifecycle {
        delete_after = rule.value.keep_days # Aurora has no cold storage
      }

      copy_action {
        destination_vault_arn = aws_backup_vault.copy.arn

        lifecycle {
          delete_after = rule.value.keep_days
        }
      }
    }
  }
}

resource "aws_backup_selection" "this" {
  name         = "databases"
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.this.arn
  resources    = var.resource_arns
}

# --- Who hears of a failure -------------------------------------------------------------------------------------------

resource "aws_backup_vault_notifications" "here" {
  backup_vault_name   = aws_backup_vault.here.name
  sns_topic_arn       = var.topic_arn
  backup_vault_events = ["BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"]
}

# --- Role -------------------------------------------------------------------------------------------------------------

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

resource "aws_iam_role" "this" {
  name                 = "${var.name}-backup"
  path                 = "/whc/"
  description          = "AWS Backup takes and restores"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "backup.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])

  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/${each.key}"
}
