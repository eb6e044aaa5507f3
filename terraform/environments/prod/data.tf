# The database, who logs in to it, and how their passwords change.

module "database" {
  source = "../../modules/aurora"

  name                     = local.name
  subnet_ids               = module.network.data_subnet_ids
  security_group_id        = module.network.security_group_ids.data
  instances                = var.database.instances
  min_capacity             = var.database.min_capacity
  max_capacity             = var.database.max_capacity
  restore_from             = var.database.restore_from
  log_retention_days       = var.log_retention_days
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn
}

# --- Logins: the service reads sites and keeps contacts, imports write sites ------------------------------------------

module "logins" {
  source = "../../modules/logins"

  name        = local.name
  database    = module.database.endpoint
  kms_key_arn = module.key.arn
}

locals {
  # Those by which the service comes, through the proxy; the other is for imports.
  service_logins = { for user in ["whc_web", "whc_web_desk"] : user => module.logins.arns[user] }
}

# --- Proxy: for the service alone; migrations, imports and rotations go to the database itself ------------------------

module "proxy" {
  source = "../../modules/proxy"

  name                     = local.name
  cluster_identifier       = module.database.identifier
  subnet_ids               = module.network.data_subnet_ids
  security_group_id        = module.network.security_group_ids.proxy
  logins                   = local.service_logins
  iam_login                = var.database_iam_login
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn
}

# --- Rotation: of logins, tokens and keys, once there are functions, and logins they could give a new password ---------

module "rotation" {
  source = "../../modules/rotation"
  count  = var.functions == null ? 0 : 1

  name                     = "${local.name}-rotation"
  package                  = { bucket = local.packages_bucket, key = "${var.functions}/whc-rotation.zip" }
  schedule                 = var.rotation_schedule
  reserved_concurrency     = var.reserved_concurrency.rotation
  session_keys             = "session_keys"
  database                 = merge(module.database.endpoint, { master_secret_arn = module.database.master_secret_arn })
  redeploy                 = { cluster_name = module.cluster.name, service_name = module.service.name, service_arn = module.service.arn }
  network                  = { subnet_ids = module.network.app_subnet_ids, security_group_id = module.network.security_group_ids.function }
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn

  secrets = merge(
    module.logins.arns,
    { session_keys = module.session_keys.arn },
    { for name, token in local.cache_tokens : name => token.secret_arn },
  )

  cache = one([for cache in module.cache :
    merge(cache.endpoint, { user_arns = [for token in values(cache.tokens) : token.user_arn] }) if length(cache.tokens) > 0
  ])
}
