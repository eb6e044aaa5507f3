# Two services behind one load balancer, from the same modules: whc, and a program of your own beside it. A network, a cluster and a
# certificate serve both; each has its own image, tasks, roles and log. Copy it, and take the rest from environments/prod as you need it.

module "key" {
  source = "../../modules/key"

  name          = var.name
  description   = "Logs of ${var.name}"
  encrypts_logs = true
}

module "network" {
  source = "../../modules/network"

  name           = var.name
  cidr           = "10.40.0.0/16"
  zones          = var.zones
  nat            = "single"
  database_proxy = false
  kms_key_arn    = module.key.arn
}

module "certificate" {
  source = "../../modules/certificate"

  domain       = var.domain
  alternatives = [local.own_domain]
  zone_id      = var.zone_id
}

module "edge" {
  source = "../../modules/edge"

  name              = var.name
  subnet_ids        = module.network.public_subnet_ids
  security_group_id = module.network.security_group_ids.edge
  certificate_arn   = module.certificate.arn
}

module "dns" {
  source = "../../modules/dns"

  zone_id = var.zone_id
  names   = [var.domain, local.own_domain]
  target  = module.edge.alias
}

module "cluster" {
  source = "../../modules/cluster"

  name        = var.name
  kms_key_arn = module.key.arn
}

# --- The services: a line for each -------------------------------------------------------------------------------------

locals {
  own_domain = "own.${var.domain}"

  # whc without a database: the list compiled in is served.
  services = {
    web = { image = var.image, program = "/usr/local/bin/whc", host = var.domain, priority = 100 }
    own = { image = var.own_image, program = var.own_program, host = local.own_domain, priority = 200 }
  }
}

module "service" {
  source   = "../../modules/service"
  for_each = local.services

  name              = "${var.name}-${each.key}"
  image             = each.value.image
  program           = each.value.program
  repository_arns   = var.repository_arns
  cluster           = { arn = module.cluster.arn, name = module.cluster.name }
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.app_subnet_ids
  security_group_id = module.network.security_group_ids.app
  public_url        = "https://${each.value.host}"
  hosts             = [each.value.host]
  priority          = each.value.priority
  min_tasks         = 1
  max_tasks         = 4
  kms_key_arn       = module.key.arn

  load_balancer = {
    listener_arn         = module.edge.https_listener_arn
    arn_suffix           = module.edge.arn_suffix
    idle_timeout_seconds = module.edge.idle_timeout_seconds
  }
}
