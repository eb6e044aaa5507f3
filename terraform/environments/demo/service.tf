# One task on spot capacity, and the tasks that run once from the same image.

module "cluster" {
  source = "../../modules/cluster"

  name               = local.name
  container_insights = false
  kms_key_arn        = module.key.arn
}

module "service" {
  source = "../../modules/service"

  name                     = "${local.name}-web"
  image                    = var.image
  repository_arns          = local.repository_arns
  registry_credentials_arn = var.registry_credentials_arn
  cluster                  = { arn = module.cluster.arn, name = module.cluster.name }
  capacity                 = { FARGATE_SPOT = { base = 0, weight = 1 } }
  min_tasks                = 1
  max_tasks                = 2

  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.public_subnet_ids
  assign_public_ip  = true
  security_group_id = module.network.security_group_ids.app

  public_url = "https://${var.domain}"
  hosts      = [var.domain]
  load_balancer = {
    listener_arn         = module.edge.https_listener_arn
    arn_suffix           = module.edge.arn_suffix
    idle_timeout_seconds = module.edge.idle_timeout_seconds
  }

  environment = {
    DB_HOST        = module.database.endpoint.host
    DB_PORT        = tostring(module.database.endpoint.port)
    DB_NAME        = module.database.endpoint.name
    DB_SSLMODE     = "verify-full"
    DB_SSLROOTCERT = "/authorities/rds.pem"
  }
  authorities_image = "public.ecr.aws/docker/library/postgres:17-alpine"
  secrets = merge(
    {
      DB_USER           = "${module.logins.arns["whc_web"]}:username::"
      DB_PASSWORD       = "${module.logins.arns["whc_web"]}:password::"
      DB_WRITE_USER     = "${module.logins.arns["whc_web_desk"]}:username::"
      DB_WRITE_PASSWORD = "${module.logins.arns["whc_web_desk"]}:password::"
      SECRET_KEY_BASE   = module.session_keys.arn
    },
    var.service_secrets,
  )
  tokens = var.tokens

  # With one task and one database, both away at once must not leave nobody to answer.
  snapshot_start           = "embedded"
  log_retention_days       = 7
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn
}

module "jobs" {
  source = "../../modules/jobs"

  name                     = local.name
  image                    = var.image
  repository_arns          = local.repository_arns
  registry_credentials_arn = var.registry_credentials_arn
  database                 = merge(module.database.endpoint, { master_secret_arn = module.database.master_secret_arn })
  logins                   = module.logins.members
  import_login             = "whc_import"
  log_retention_days       = 7
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn
}
