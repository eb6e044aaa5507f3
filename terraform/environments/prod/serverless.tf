# The same answers from Lambda, beside the service, where they are wanted.

module "serverless" {
  source = "../../modules/serverless"
  count  = var.serverless ? 1 : 0

  name                     = "${local.name}-lambda"
  package                  = { bucket = local.packages_bucket, key = "${var.functions}/whc-lambda.zip" }
  environment              = merge(local.connections["lambda"].environment, var.serverless_environment)
  permissions              = local.connections["lambda"].permissions
  provisioned_concurrency  = var.serverless_warm
  reserved_concurrency     = var.reserved_concurrency.serverless
  live_version             = var.serverless_version
  custom_domain            = { name = local.lambda_domain, certificate_arn = module.certificate.arn }
  log_retention_days       = var.log_retention_days
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn

  network = local.serverless_shares ? {
    subnet_ids = module.network.app_subnet_ids, security_group_id = module.network.security_group_ids.function
  } : null
}

module "serverless_dns" {
  source = "../../modules/dns"
  count  = var.serverless ? 1 : 0

  zone_id = var.zone_id
  names   = [local.lambda_domain]
  target  = module.serverless[0].alias
}
