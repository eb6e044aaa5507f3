# The service, and the tasks that run once from the same image.

module "cluster" {
  source = "../../modules/cluster"

  name        = local.name
  kms_key_arn = module.key.arn
}

# --- Service ----------------------------------------------------------------------------------------------------------

module "service" {
  source = "../../modules/service"

  name                     = "${local.name}-web"
  image                    = var.image
  repository_arns          = local.repository_arns
  registry_credentials_arn = var.registry_credentials_arn
  architecture             = var.architecture
  cpu                      = var.service.cpu
  memory                   = var.service.memory
  cluster                  = { arn = module.cluster.arn, name = module.cluster.name }

  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.app_subnet_ids
  security_group_id = module.network.security_group_ids.app

  public_url = "https://${var.domain}"
  hosts      = [var.domain]
  load_balancer = {
    listener_arn         = module.edge.https_listener_arn
    arn_suffix           = module.edge.arn_suffix
    idle_timeout_seconds = module.edge.idle_timeout_seconds
  }

  # The proxy's certificate is of the Amazon roots, which the image knows as public ones: no DB_SSLROOTCERT.
  environment = merge(
    {
      DB_HOST    = module.proxy.host
      DB_PORT    = "5432"
      DB_NAME    = module.database.endpoint.name
      DB_SSLMODE = "verify-full"
    },
    var.database_iam_login ? { DB_USER = "whc_web", DB_WRITE_USER = "whc_web_desk", DB_IAM_AUTH = "true" } : {},
    var.database_iam_login ? {} : {
      DB_SECRET_ARN       = local.service_logins["whc_web"]
      DB_WRITE_SECRET_ARN = local.service_logins["whc_web_desk"]
    },
    local.connections["web"].environment,
    var.service_environment,
  )

  # Values that ECS gives a task at its start: a rotation of one of them ends with new tasks.
  secrets = merge(
    { SECRET_KEY_BASE = module.session_keys.arn },
    var.service_secrets,
  )

  tokens = var.tokens

  # The program asks for its logins itself, as the task's own role, so that it outlives a rotation. A password given to the
  # task at its start would be the old one after it.
  permissions = merge(
    var.database_iam_login ? {
      LogInToTheDatabase = { actions = ["rds-db:connect"], resources = values(module.proxy.connect_arns) }
    } : {},
    var.database_iam_login ? {} : {
      ReadItsLogins    = { actions = ["secretsmanager:GetSecretValue"], resources = values(local.service_logins) }
      DecryptItsLogins = { actions = ["kms:Decrypt"], resources = [module.key.arn] }
    },
    local.connections["web"].permissions,
  )

  deployment_strategy      = var.service.deployment_strategy
  snapshot_start           = var.snapshot_start
  min_tasks                = var.service.min_tasks
  max_tasks                = var.service.max_tasks
  target_requests_per_task = var.service.target_requests_per_task
  log_retention_days       = var.log_retention_days
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn
}

# --- Tasks that run once: migrate, logins, import ---------------------------------------------------------------------

module "jobs" {
  source = "../../modules/jobs"

  name                     = local.name
  image                    = var.image
  repository_arns          = local.repository_arns
  registry_credentials_arn = var.registry_credentials_arn
  architecture             = var.architecture
  database                 = merge(module.database.endpoint, { master_secret_arn = module.database.master_secret_arn })
  logins                   = module.logins.members
  import_login             = "whc_import"
  log_retention_days       = var.log_retention_days
  kms_key_arn              = module.key.arn
  permissions_boundary_arn = local.boundary_arn
}
