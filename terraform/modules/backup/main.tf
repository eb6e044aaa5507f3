# Backups that outlive the database, the region and a mistake: daily to yearly, each copied to another region.

locals {
  # A region that is lost takes at most what was written since the latest daily copy: a recovery point objective of one day.
  rules = {
    daily   = { schedule = "cron(0 3 * * ? *)", keep_days = 7 }
    weekly  = { schedule = "cron(0 4 ? * SUN *)", keep_days = 30 }
    monthly = { schedule = "cron(0 5 1 * ? *)", keep_days = 365 }
    yearly  = { schedule = "cron(0 6 1 1 ? *)", keep_days = 2555 }
  }

  shortest = min([for rule in values(local.rules) : rule.keep_days]...)
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
  min_retention_days = local.shortest
}

resource "aws_backup_vault_lock_configuration" "copy" {
  region             = var.copy_region
  backup_vault_name  = aws_backup_vault.copy.name
  min_retention_days = local.shortest
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
  iam_role_arn = module.role.arn
  resources    = var.resource_arns
}

# --- Role -------------------------------------------------------------------------------------------------------------

module "role" {
  source = "../role"

  name                     = "${var.name}-backup"
  description              = "AWS Backup takes and restores"
  service                  = "backup.amazonaws.com"
  managed_policies         = ["service-role/AWSBackupServiceRolePolicyForBackup", "service-role/AWSBackupServiceRolePolicyForRestores"]
  permissions_boundary_arn = var.permissions_boundary_arn
}
