# Alarms and a budget: both cost less than not knowing.

module "operations" {
  source = "../../modules/operations"

  name                     = local.name
  environment              = "demo"
  emails                   = var.alarm_emails
  domain                   = var.domain
  cluster_name             = module.cluster.name
  service                  = module.service
  load_balancer_arn_suffix = module.edge.arn_suffix
  database                 = { kind = "instance", identifier = module.database.identifier, max_connections = 60 }
  usd_per_month            = var.usd_per_month
}
