# A Lambda function from a zip with a program of ours named bootstrap: its log group, its role, its place in the network.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# --- Function ---------------------------------------------------------------------------------------------------------

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_116:called and waited for, so the caller sees the failure; there is nothing to keep for later
  #checkov:skip=CKV_AWS_117:in the network where it needs the database, and only there
  #checkov:skip=CKV_AWS_272:the package comes from our own workflow, which attests it
  function_name = var.name
  description   = var.description
  role          = aws_iam_role.this.arn

  filename         = var.package
  source_code_hash = fileexists(var.package) ? filebase64sha256(var.package) : null
  runtime          = "provided.al2023"
  handler          = "bootstrap"
  architectures    = [var.architecture == "ARM64" ? "arm64" : "x86_64"]
  publish          = true # an alias names a version, never what happens to be newest

  memory_size                    = var.memory
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency
  kms_key_arn                    = var.kms_key_arn

  environment {
    variables = merge({ LOG_FORMAT = "json" }, var.environment)
  }

  dynamic "vpc_config" {
    for_each = var.network[*]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = [vpc_config.value.security_group_id]
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_format = "Text" # the program writes JSON itself
    log_group  = aws_cloudwatch_log_group.this.name
  }

  lifecycle {
    precondition {
      condition     = fileexists(var.package)
      error_message = "There is no package at ${var.package}: build it first, docs/OPERATIONS.md tells how."
    }
  }

  depends_on = [aws_iam_role_policy.this]
}

# --- Log --------------------------------------------------------------------------------------------------------------

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_338:kept as long as log_retention_days says
  name              = "/whc/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# --- Role -------------------------------------------------------------------------------------------------------------

resource "aws_iam_role" "this" {
  name                 = "${var.name}-function"
  path                 = "/whc/"
  description          = "What ${var.name} may do"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  #checkov:skip=CKV_AWS_290:network interfaces and traces cannot be limited to a resource
  #checkov:skip=CKV_AWS_355:as above
  name   = "work"
  role   = aws_iam_role.this.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.statements, local.denials) })
}

locals {
  statements = concat(
    [
      {
        Sid      = "Log"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
      },
      {
        Sid      = "Trace"
        Effect   = "Allow"
        Action   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
        Resource = ["*"]
      },
    ],
    # Lambda attaches the function to the network with the function's own role. The code itself must not: it is denied.
    [for network in var.network[*] : {
      Sid      = "Network"
      Effect   = "Allow"
      Action   = ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"]
      Resource = ["*"]
    }],
    [for name in sort(keys(var.permissions)) : {
      Sid      = name
      Effect   = "Allow"
      Action   = var.permissions[name].actions
      Resource = var.permissions[name].resources
    }],
  )

  denials = [for network in var.network[*] : {
    Sid       = "NetworkIsNotForTheCode"
    Effect    = "Deny"
    Action    = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"]
    Resource  = ["*"]
    Condition = { ArnLike = { "lambda:SourceFunctionArn" = "arn:${data.aws_partition.current.partition}:lambda:*:${data.aws_caller_identity.current.account_id}:function:${var.name}" } }
  }]
}
