# `whc import`: an official file, put into a bucket by the operator, fetched by one container and read by the other.

module "import_bucket" {
  source = "../bucket"

  name                       = "${var.name}-import-${data.aws_caller_identity.current.account_id}"
  kms_key_arn                = var.kms_key_arn
  expire_after_days          = 7 # the terms of the files forbid passing them on
  forget_versions_after_days = 1
}

data "aws_caller_identity" "current" {}

module "import" {
  source = "../task"

  name                     = "${var.name}-import"
  cpu                      = 512
  memory                   = 1024
  architecture             = var.architecture
  authorities_image        = var.psql_image
  repository_arns          = var.repository_arns
  log_retention_days       = var.log_retention_days
  kms_key_arn              = var.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn

  permissions = {
    ReadTheFile = { actions = ["s3:GetObject"], resources = ["${module.import_bucket.arn}/*"] }
    Decrypt     = { actions = ["kms:Decrypt"], resources = [var.kms_key_arn] }
  }

  containers = [
    {
      name         = "fetch"
      image        = var.aws_cli_image
      entry_point  = ["aws"]
      command      = ["s3", "cp", "--no-progress", "s3://${module.import_bucket.name}/file", "/import/file"]
      user         = "0" # the folder is root's, who has no capability here
      essential    = false
      scratch_path = "/import"
    },
    {
      name            = "whc"
      image           = var.image
      credentials_arn = var.registry_credentials_arn
      entry_point     = ["/usr/local/bin/whc"]
      command         = ["import", "/import/file", "--dry-run"]
      after           = ["fetch"]
      scratch_path    = "/import"
      environment     = local.database_environment
      secrets = {
        DB_USER     = "${var.logins[var.import_login].secret_arn}:username::"
        DB_PASSWORD = "${var.logins[var.import_login].secret_arn}:password::"
      }
    },
  ]
}
