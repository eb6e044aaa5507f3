# Production: over two zones or more, behind a firewall, with a proxy, rotation, backups in another region and alarms.
# A file for each concern: network, edge, data, service, serverless, operations.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  name      = var.name
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # Of terraform/shared, by name, so that no state has to read another.
  boundary_arn = "arn:${local.partition}:iam::${local.account}:policy/whc/whc-boundary-prod"

  # An image from elsewhere needs no right over ECR.
  repository_arns = [for registry in ["arn:${local.partition}:ecr:${var.region}:${local.account}:repository/whc"] : registry
    if strcontains(var.image, ".dkr.ecr.")
  ]
  packages_bucket = "whc-packages-${local.account}"
}

# --- One key for what lies in this environment ------------------------------------------------------------------------

module "key" {
  source = "../../modules/key"

  name          = local.name
  description   = "Database, secrets and logs of ${local.name}"
  encrypts_logs = true
}
