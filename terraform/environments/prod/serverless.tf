# The same answers from Lambda, beside the service, where they are wanted.

module "serverless" {
  source = "../../modules/serverless"
  count  = var.serverless ? 1 : 0

  name                     = "${local.name}-lambda"
  package                  = { bucket = local.packages_bucket, key = "${var.functions}/whc-lambda.zip" }
  environment              = merge(local.connections["lambda"].environment, local.serverless_secrets, var.serverless_environment)
  permissions              = merge(local.connections["lambda"].permissions, local.serverless_reads)
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

locals {
  # What it signs with, and what providers of logins know it by: it reads them at its start, by ARN.
  serverless_secrets = !local.serverless_shares ? {} : merge(
    { SECRET_KEY_BASE_ARN = module.session_keys.arn },
    { for name, arn in var.service_secrets : "${name}_ARN" => arn if endswith(name, "_CLIENT_SECRET") || name == "APPLE_PRIVATE_KEY" },
  )

  serverless_reads = length(local.serverless_secrets) == 0 ? {} : {
    ReadItsSecrets = {
      actions   = ["secretsmanager:GetSecretValue"]
      resources = distinct([for arn in values(local.serverless_secrets) : join(":", slice(split(":", arn), 0, 7))])
    }
    DecryptItsSecrets = { actions = ["kms:Decrypt"], resources = [module.key.arn] }
  }
}

module "serverless_dns" {
  source = "../../modules/dns"
  count  = var.serverless ? 1 : 0

  zone_id = var.zone_id
  names   = [local.lambda_domain]
  target  = module.serverless[0].alias
}
