# From a name in DNS to the load balancer: directly, by way of CloudFront, or by way of Global Accelerator (var.front).

locals {
  cloudfront    = var.front == "cloudfront"
  accelerator   = var.front == "accelerator"
  lambda_domain = "lambda.${var.domain}" # the same answers without a server
}

# --- Load balancer ----------------------------------------------------------------------------------------------------

module "certificate" {
  source = "../../modules/certificate"

  domain       = var.domain
  alternatives = var.serverless ? [local.lambda_domain] : []
  zone_id      = var.zone_id
}

module "edge" {
  source = "../../modules/edge"

  name               = local.name
  internal           = local.cloudfront # then it is reached by CloudFront within the network, and by nobody else
  subnet_ids         = local.cloudfront ? module.network.app_subnet_ids : module.network.public_subnet_ids
  security_group_id  = module.network.security_group_ids.edge
  certificate_arn    = module.certificate.arn
  log_retention_days = 90
}

# --- Firewall: where requests come in first ---------------------------------------------------------------------------

module "waf" {
  source = "../../modules/waf"

  name                   = local.name
  scope                  = local.cloudfront ? "CLOUDFRONT" : "REGIONAL"
  load_balancer_arn      = local.cloudfront ? null : module.edge.arn
  requests_per_5_minutes = var.requests_per_5_minutes
  log_retention_days     = var.log_retention_days
  kms_key_arn            = module.key.arn
}

# --- CloudFront -------------------------------------------------------------------------------------------------------

module "cdn_certificate" {
  source = "../../modules/certificate"
  count  = local.cloudfront ? 1 : 0

  region  = "us-east-1"
  domain  = var.domain
  zone_id = var.zone_id
}

module "cdn" {
  source = "../../modules/cdn"
  count  = local.cloudfront ? 1 : 0

  name            = local.name
  domains         = [var.domain]
  load_balancer   = { arn = module.edge.arn, dns_name = module.edge.dns_name }
  certificate_arn = module.cdn_certificate[0].arn
  web_acl_arn     = module.waf.arn
}

# --- Global Accelerator -----------------------------------------------------------------------------------------------

module "accelerator" {
  source = "../../modules/accelerator"
  count  = local.accelerator ? 1 : 0

  name              = local.name
  region            = var.region
  load_balancer_arn = module.edge.arn
}

# --- Names ------------------------------------------------------------------------------------------------------------

module "dns" {
  source = "../../modules/dns"

  zone_id = var.zone_id
  names   = [var.domain]
  types   = local.cloudfront ? ["A", "AAAA"] : ["A"]
  target  = local.cloudfront ? module.cdn[0].alias : local.accelerator ? module.accelerator[0].alias : module.edge.alias
}
