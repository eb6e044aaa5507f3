# A private network with a way out in every zone.

module "network" {
  source = "../../modules/network"

  name                     = local.name
  cidr                     = var.cidr
  zones                    = var.zones
  nat                      = var.nat
  interface_endpoints      = var.interface_endpoints
  database_proxy           = true
  cache                    = var.cache != null
  edge_open_to             = var.front == "cloudfront" ? "cloudfront" : "internet"
  log_retention_days       = var.log_retention_days
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn
}
