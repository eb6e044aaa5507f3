# What people who run it need: alarms, a canary, a dashboard, a budget, backups.

module "operations" {
  source = "../../modules/operations"

  name                     = local.name
  environment              = "prod"
  emails                   = var.alarm_emails
  domain                   = var.domain
  cluster_name             = module.cluster.name
  service                  = module.service
  load_balancer_arn_suffix = module.edge.arn_suffix
  database                 = { kind = "cluster", identifier = module.database.identifier, max_connections = 80 * var.database.max_capacity }
  proxy_name               = module.proxy.name
  usd_per_month            = var.usd_per_month

  # Processes keep a few connections each; thousands are opened anew for each request.
  cache = one([for cache in module.cache : { name = cache.name, gigabytes = cache.limits.gigabytes, max_connections = 1000 }])

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
  topic_arn                = module.operations.topic_arn
  permissions_boundary_arn = local.boundary_arn
}
