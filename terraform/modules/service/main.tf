# A service: `whc serve`, unless another program is named, on Fargate behind the load balancer, replaced without losing a request.

module "task" {
  source = "../task"

  name                     = var.name
  cpu                      = var.cpu
  memory                   = var.memory
  architecture             = var.architecture
  repository_arns          = var.repository_arns
  permissions              = var.permissions
  sessions_key_arn         = var.enable_exec ? var.kms_key_arn : null
  authorities_image        = var.authorities_image
  log_retention_days       = var.log_retention_days
  kms_key_arn              = var.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn

  containers = [{
    name                 = local.container
    image                = var.image
    credentials_arn      = var.registry_credentials_arn
    entry_point          = [var.program]
    command              = ["serve"]
    port                 = var.port
    health_command       = ["CMD", var.program, "healthcheck"]
    stop_timeout_seconds = var.stop_timeout_seconds
    secrets              = merge(var.secrets, local.keys)
    environment          = merge(local.environment, local.tokens, var.environment)
  }]
}

locals {
  container  = basename(var.program)
  blue_green = var.deployment_strategy == "BLUE_GREEN"

  environment = {
    WHC_ENV    = "production" # in demo, too: the world reaches it
    PORT       = tostring(var.port)
    LOG_FORMAT = "json"
    PUBLIC_URL = var.public_url
    # Only the load balancer reaches the tasks, from an address of the network: it holds the connections of all clients.
    TRUSTED_PROXIES          = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10"
    SNAPSHOT_START           = var.snapshot_start
    KEEP_ALIVE_SECONDS       = tostring(var.load_balancer.idle_timeout_seconds + 15)
    SHUTDOWN_DELAY_SECONDS   = tostring(var.shutdown_delay_seconds)
    SHUTDOWN_TIMEOUT_SECONDS = tostring(var.shutdown_timeout_seconds)
  }

  # ECS gives values, not files, so the keys themselves come in the variable.
  keys = { for arn in var.tokens.keys_arn[*] : "AUTH_KEYS" => arn }
  tokens = { for name, value in {
    AUTH_JWKS_URL       = var.tokens.jwks_url
    AUTH_ISSUER         = var.tokens.issuer
    AUTH_AUDIENCE       = var.tokens.audience
    AUTH_DEFAULT_SCOPES = var.tokens.default_scopes
  } : name => value if value != null }
}

# --- Service ----------------------------------------------------------------------------------------------------------

resource "aws_ecs_service" "this" {
  #checkov:skip=CKV_AWS_333:assign_public_ip, only where there is no NAT; the security group lets in the load balancer alone
  name                              = var.name
  cluster                           = var.cluster.arn
  task_definition                   = module.task.arn
  desired_count                     = 0 # the first deployment, after the first migration, starts tasks
  platform_version                  = "LATEST"
  enable_execute_command            = var.enable_exec
  health_check_grace_period_seconds = 30
  availability_zone_rebalancing     = local.blue_green ? "DISABLED" : "ENABLED"
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"

  # 100 and 200: new tasks are healthy before old ones go.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  deployment_configuration {
    strategy             = var.deployment_strategy
    bake_time_in_minutes = local.blue_green ? var.bake_minutes : null
  }

  dynamic "capacity_provider_strategy" {
    for_each = var.capacity
    content {
      capacity_provider = capacity_provider_strategy.key
      base              = capacity_provider_strategy.value.base
      weight            = capacity_provider_strategy.value.weight
    }
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = var.assign_public_ip
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this["blue"].arn
    container_name   = local.container
    container_port   = var.port

    dynamic "advanced_configuration" {
      for_each = local.blue_green ? ["green"] : []
      content {
        alternate_target_group_arn = aws_lb_target_group.this[advanced_configuration.value].arn
        production_listener_rule   = aws_lb_listener_rule.this.arn
        role_arn                   = module.shift_role[0].arn
      }
    }
  }

  # Terraform describes what could run; terraform/operate says what does: after the migration, with a way back.
  lifecycle {
    ignore_changes = [task_definition, desired_count]
  }
}
