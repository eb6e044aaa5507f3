# What people who run an environment need, whichever it is: alarms that reach them, a canary, a dashboard, a budget.

module "topic" {
  source = "../topic"

  name   = "${var.name}-alarms"
  emails = var.emails
}

module "observability" {
  source = "../observability"

  name      = var.name
  topic_arn = module.topic.arn
  service = {
    cluster_name = var.cluster_name
    service_name = var.service.name
    service_arn  = var.service.arn
    log_group    = var.service.log_group
  }
  load_balancer = { arn_suffix = var.load_balancer_arn_suffix, target_groups = var.service.target_groups }
  database      = var.database
  proxy_name    = var.proxy_name
  cache         = var.cache
  functions     = var.functions
}

module "canary" {
  source = "../canary"

  name   = var.name
  domain = var.domain
  emails = var.emails
}

module "budget" {
  source = "../budget"

  name          = var.name
  environment   = var.environment
  usd_per_month = var.usd_per_month
  topic_arn     = module.topic.arn
}
