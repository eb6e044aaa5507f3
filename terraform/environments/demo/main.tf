# The cheapest thing that works, with the same modules: no NAT, no proxy, one small database, spot capacity. What costs
# nothing is as in production: encryption, tier rules, TLS, roles, migrations. It may be away for a while.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  name    = "whc-demo"
  account = data.aws_caller_identity.current.account_id

  # Of terraform/shared, by name, so that no state has to read another.
  boundary_arn = "arn:${data.aws_partition.current.partition}:iam::${local.account}:policy/whc/whc-boundary-demo"

  # An image from elsewhere needs no right over ECR.
  repository_arns = [for registry in [
    "arn:${data.aws_partition.current.partition}:ecr:${var.region}:${local.account}:repository/whc",
    ] : registry
    if strcontains(var.image, ".dkr.ecr.")
  ]
}

module "key" {
  source = "../../modules/key"

  name          = local.name
  description   = "Database, secrets and logs of ${local.name}"
  encrypts_logs = true
}

# --- Network: tasks have public addresses instead of a NAT gateway, but only the load balancer may reach them ---------

module "network" {
  source = "../../modules/network"

  name                     = local.name
  cidr                     = "10.30.0.0/16"
  zones                    = var.zones
  nat                      = "none"
  interface_endpoints      = []
  database_proxy           = false
  flow_log_traffic         = "REJECT"
  log_retention_days       = 7
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn
}

# --- Edge -------------------------------------------------------------------------------------------------------------

module "certificate" {
  source = "../../modules/certificate"

  domain  = var.domain
  zone_id = var.zone_id
}

module "edge" {
  source = "../../modules/edge"

  name                = local.name
  subnet_ids          = module.network.public_subnet_ids
  security_group_id   = module.network.security_group_ids.edge
  certificate_arn     = module.certificate.arn
  deletion_protection = false
  log_retention_days  = 14
}

module "dns" {
  source = "../../modules/dns"

  zone_id = var.zone_id
  names   = [var.domain]
  target  = module.edge.alias
}
