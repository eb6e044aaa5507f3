# A role that one AWS service may take on, for this account only, with the rights that are named and no others.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# --- Who takes it on --------------------------------------------------------------------------------------------------

resource "aws_iam_role" "this" {
  name                 = var.name
  path                 = "/whc/"
  description          = var.description
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(
      {
        Effect    = "Allow"
        Principal = { Service = var.service }
        Action    = "sts:AssumeRole"
      },
      contains(local.say_on_whose_behalf, var.service) ? {
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      } : {},
    )]
  })
}

locals {
  # The services whose own examples of a trust policy have aws:SourceAccount. The examples of the others have no condition, and a
  # condition on a key that a service does not send would keep it out: Lambda, AWS Backup,
  # ECS for its infrastructure
  # (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html),
  # RDS for a proxy (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html).
  say_on_whose_behalf = [
    "ecs-tasks.amazonaws.com",      # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    "monitoring.rds.amazonaws.com", # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
    "vpc-flow-logs.amazonaws.com",  # https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
  ]
}

# --- What it may do ---------------------------------------------------------------------------------------------------

locals {
  statements = [for statement in var.statements : merge(
    {
      Sid      = statement.sid
      Effect   = statement.effect
      Action   = statement.actions
      Resource = statement.resources
    },
    statement.condition == null ? {} : { Condition = statement.condition },
  )]
}

resource "aws_iam_role_policy" "this" {
  count = length(var.statements) > 0 ? 1 : 0

  name   = "work"
  role   = aws_iam_role.this.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.managed_policies

  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.key}"
}
