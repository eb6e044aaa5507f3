# Two roles: ECS uses one to start the task, the program in it has the other. Neither has the other's rights.

data "aws_caller_identity" "current" {}

locals {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

# --- Execution role: fetch the image, read the secrets named in the definition, write the log -------------------------

resource "aws_iam_role" "execution" {
  name                 = "${var.name}-execution"
  path                 = "/whc/"
  description          = "Starts tasks of ${var.name}"
  assume_role_policy   = local.assume_role_policy
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "execution" {
  name   = "start"
  role   = aws_iam_role.execution.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.execution_statements })
}

locals {
  # valueFrom is the secret's ARN and, after three colons more, a key, stage and version.
  secret_arns = distinct(flatten([for container in var.containers : [
    for value in values(container.secrets) : join(":", slice(split(":", value), 0, min(7, length(split(":", value)))))
  ]]))

  execution_statements = concat(
    [{
      Sid      = "Log"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.this.arn}:*"
    }],
    [for arns in length(var.repository_arns) > 0 ? [var.repository_arns] : [] : {
      Sid      = "Image"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = arns
    }],
    [for arns in length(var.repository_arns) > 0 ? [var.repository_arns] : [] : {
      Sid      = "Registry" # cannot be limited to a repository
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = "*"
    }],
    [for arns in length(local.secret_arns) > 0 ? [local.secret_arns] : [] : {
      Sid      = "Secrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = arns
    }],
    [for arns in length(local.secret_arns) > 0 ? [[var.kms_key_arn]] : [] : {
      Sid       = "SecretsKey"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = arns
      Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.region}.amazonaws.com" } }
    }],
  )
}

# --- Task role: what the program itself may do; nothing unless told ---------------------------------------------------

resource "aws_iam_role" "task" {
  name                 = "${var.name}-task"
  path                 = "/whc/"
  description          = "What the program in ${var.name} may do"
  assume_role_policy   = local.assume_role_policy
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "task" {
  count = length(var.permissions) > 0 ? 1 : 0

  name = "work"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for name in sort(keys(var.permissions)) : {
      Sid      = name
      Effect   = "Allow"
      Action   = var.permissions[name].actions
      Resource = var.permissions[name].resources
    }]
  })
}
