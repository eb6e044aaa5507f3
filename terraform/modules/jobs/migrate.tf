# `whc migrate`: takes the lock, refuses a database newer than the image or migrated by other files, and ends with a
# status that says so. terraform/operate runs it before every deployment and deploys only when it ended with 0.

module "migrate" {
  source = "../task"

  name                     = "${var.name}-migrate"
  architecture             = var.architecture
  authorities_image        = var.psql_image
  repository_arns          = var.repository_arns
  log_retention_days       = var.log_retention_days
  kms_key_arn              = var.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn

  containers = [{
    name            = "whc"
    image           = var.image
    credentials_arn = var.registry_credentials_arn
    entry_point     = ["/usr/local/bin/whc"]
    command         = ["migrate"]
    environment     = local.database_environment
    secrets         = local.master_secrets
    # A migration may be in the middle of a transaction; it gets what Fargate allows to end it.
    stop_timeout_seconds = 120
  }]
}
