# Two roles: ECS uses one to start the task, the program in it has the other. Neither has the other's rights.

# --- Execution role: fetch the image, read the secrets named in the definition, write the log -------------------------

module "execution_role" {
  source = "../role"

  name                     = "${var.name}-execution"
  description              = "Starts tasks of ${var.name}"
  service                  = "ecs-tasks.amazonaws.com"
  permissions_boundary_arn = var.permissions_boundary_arn

  statements = [for statement in [
    { sid = "Log", actions = ["logs:CreateLogStream", "logs:PutLogEvents"], resources = ["${aws_cloudwatch_log_group.this.arn}:*"] },
    {
      sid       = "Image"
      needed    = length(var.repository_arns) > 0
      actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = var.repository_arns
    },
    {
      sid       = "Registry"
      needed    = length(var.repository_arns) > 0
      actions   = ["ecr:GetAuthorizationToken"]
      resources = ["*"] # cannot be limited
    },
    {
      sid       = "Secrets"
      needed    = local.has_secrets
      actions   = ["secretsmanager:GetSecretValue"]
      resources = local.secret_arns
    },
    {
      sid       = "SecretsKey"
      needed    = local.has_secrets
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
      condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.region}.amazonaws.com" } }
    },
  ] : statement if try(statement.needed, true)]
}

locals {
  # Told by the names, because before the first apply nobody knows the ARNs.
  has_secrets = anytrue([for container in var.containers : length(keys(container.secrets)) > 0 || container.credentials_arn != null])

  # valueFrom is the secret's ARN and, after three colons more, a key, stage and version.
  # The credentials of a registry are another: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
  secret_arns = distinct(flatten([for container in var.containers : [
    for value in concat(values(container.secrets), container.credentials_arn[*]) :
    join(":", slice(split(":", value), 0, min(7, length(split(":", value)))))
  ]]))
}

# --- Task role: what the program itself may do; nothing unless told ---------------------------------------------------

module "task_role" {
  source = "../role"

  name                     = "${var.name}-task"
  description              = "What the program in ${var.name} may do"
  service                  = "ecs-tasks.amazonaws.com"
  statements               = concat([for sid in sort(keys(var.permissions)) : merge({ sid = sid }, var.permissions[sid])], local.sessions)
  permissions_boundary_arn = var.permissions_boundary_arn
}

locals {
  # What the agent of a session needs:
  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
  sessions = [for statement in [
    {
      sid = "Sessions"
      actions = [
        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ]
      resources = ["*"] # cannot be limited
    },
    { sid = "SessionsKey", actions = ["kms:Decrypt"], resources = compact([var.sessions_key_arn]) },
  ] : statement if var.sessions_key_arn != null]
}
