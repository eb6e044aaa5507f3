# What people who run it need: alarms, a dashboard, backups, a budget.

module "observability" {
  source = "../../modules/observability"

  name          = local.name
  emails        = var.alarm_emails
  service       = { cluster_name = module.cluster.name, service_name = module.service.name, service_arn = module.service.arn, log_group = module.service.log_group }
  load_balancer = { arn_suffix = module.edge.arn_suffix, target_groups = module.service.target_groups }
  database      = { kind = "cluster", identifier = module.database.identifier, max_connections = 80 * var.database.max_capacity }
  proxy_name    = module.proxy.name

  functions = merge(
    { for rotation in module.rotation : "rotation" => rotation.function_name },
    { for serverless in module.serverless : "serverless" => serverless.function_name },
  )
}

module "backup" {
  source = "../../modules/backup"

  name                     = local.name
  resource_arns            = [module.database.arn]
  copy_region              = var.copy_region
  kms_key_arn              = module.key.arn
  topic_arn                = module.observability.topic_arn
  permissions_boundary_arn = local.boundary_arn
}

module "budget" {
  source = "../../modules/budget"

  name          = local.name
  environment   = "prod"
  usd_per_month = var.usd_per_month
  topic_arn     = module.observability.topic_arn
}
