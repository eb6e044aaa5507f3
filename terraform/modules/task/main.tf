# What runs on Fargate: a task of one or more containers, its log group, and its two roles.

data "aws_region" "current" {}

# --- Log --------------------------------------------------------------------------------------------------------------

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_338:kept as long as log_retention_days says
  name              = "/whc/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# --- Task definition --------------------------------------------------------------------------------------------------

resource "aws_ecs_task_definition" "this" {
  #checkov:skip=CKV_AWS_249:two roles of two modules, which checkov takes for one; task.tftest.hcl compares them
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = module.execution_role.arn
  task_role_arn            = module.task_role.arn
  container_definitions    = jsonencode(local.containers)
  skip_destroy             = true # a rollback names an earlier revision, so they stay

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  # Folders shared by the containers: what they write for each other, and the authorities of RDS.
  dynamic "volume" {
    for_each = concat(
      anytrue([for container in var.containers : container.scratch_path != null]) ? ["scratch"] : [],
      var.authorities_image == null ? [] : ["authorities"],
    )
    content {
      name = volume.value
    }
  }
}

# --- Containers: none may change its own files, and none has a capability ---------------------------------------------

locals {
  containers = concat(local.authorities, [for container in var.containers : { for key, value in {
    name                  = container.name
    image                 = container.image
    repositoryCredentials = container.credentials_arn == null ? null : { credentialsParameter = container.credentials_arn }
    entryPoint            = container.entry_point
    command               = container.command
    essential             = container.essential
    user                  = container.user
    stopTimeout           = container.stop_timeout_seconds
    # For a session ECS puts an agent into the container, which writes there, and whose children an init has to bury:
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
    readonlyRootFilesystem = var.sessions_key_arn == null
    linuxParameters        = { initProcessEnabled = var.sessions_key_arn != null, capabilities = { drop = ["ALL"] } }
    environment            = [for name in sort(keys(container.environment)) : { name = name, value = container.environment[name] }]
    secrets                = [for name in sort(keys(container.secrets)) : { name = name, valueFrom = container.secrets[name] }]
    portMappings           = [for port in container.port[*] : { containerPort = port, hostPort = port, protocol = "tcp" }]
    mountPoints = concat(
      [for path in container.scratch_path[*] : { sourceVolume = "scratch", containerPath = path, readOnly = false }],
      [for authority in local.authorities : { sourceVolume = "authorities", containerPath = "/authorities", readOnly = true }],
    )
    dependsOn        = [for name in concat(local.authorities[*].name, container.after) : { containerName = name, condition = "SUCCESS" }]
    logConfiguration = merge(local.log, { options = merge(local.log.options, { "awslogs-stream-prefix" = container.name }) })
    healthCheck = container.health_command == null ? null : {
      command     = container.health_command
      interval    = 10
      timeout     = 3
      retries     = 3
      startPeriod = 15
    }
  } : key => value if value != null }])

  log = {
    logDriver = "awslogs"
    options = {
      "awslogs-group"   = aws_cloudwatch_log_group.this.name
      "awslogs-region"  = data.aws_region.current.region
      "mode"            = "non-blocking" # a slow log must not hold up requests
      "max-buffer-size" = "4m"
    }
  }
}

# --- The authorities of RDS, which no image has: fetched by a container that ends before the others begin -------------

locals {
  # A volume is root's, unless the image declares one at the path it is mounted at: then it has the owner and the mode it has there. So
  # the container that fetches needs not be root. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
  authorities_path = "/var/lib/postgresql/data"

  authorities = [for image in var.authorities_image[*] : {
    name       = "authorities"
    image      = image
    entryPoint = ["wget"]
    command = [
      "-q", "-O", "${local.authorities_path}/rds.pem", "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem",
    ]
    essential              = false
    user                   = "70:70" # postgres, in the image of that name on Alpine
    readonlyRootFilesystem = true
    linuxParameters        = { initProcessEnabled = false, capabilities = { drop = ["ALL"] } }
    mountPoints            = [{ sourceVolume = "authorities", containerPath = local.authorities_path, readOnly = false }]
    logConfiguration       = merge(local.log, { options = merge(local.log.options, { "awslogs-stream-prefix" = "authorities" }) })
  }]
}
