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
      # Lambda does not say on whose behalf it comes.
      var.service == "lambda.amazonaws.com" ? {} : {
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      },
    )]
  })
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
