# Alarms and a budget: both cost less than not knowing.

module "observability" {
  source = "../../modules/observability"

  name          = local.name
  emails        = var.alarm_emails
  service       = { cluster_name = module.cluster.name, service_name = module.service.name, service_arn = module.service.arn, log_group = module.service.log_group }
  load_balancer = { arn_suffix = module.edge.arn_suffix, target_groups = module.service.target_groups }
  database      = { kind = "instance", identifier = module.database.identifier, max_connections = 60 }
}

module "budget" {
  source = "../../modules/budget"

  name          = local.name
  environment   = "demo"
  usd_per_month = var.usd_per_month
  topic_arn     = module.observability.topic_arn
}
