# A Lambda function from a zip with a program of ours named bootstrap: its log group, its role, its place in the network.

# --- Function ---------------------------------------------------------------------------------------------------------

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_116:called and waited for, so the caller sees the failure; there is nothing to keep for later
  #checkov:skip=CKV_AWS_115:reserved_concurrency, which the quota of a new account does not allow
  #checkov:skip=CKV_AWS_117:in the network where it needs the database, and only there
  #checkov:skip=CKV_AWS_272:the package comes from our own workflow, which attests it, by a bucket that nobody else writes to
  function_name = var.name
  description   = var.description
  role          = module.role.arn

  s3_bucket     = var.package.bucket
  s3_key        = var.package.key
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  architectures = [var.architecture == "ARM64" ? "arm64" : "x86_64"]
  publish       = true # an alias names a version, never what happens to be newest

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
}

# --- Log --------------------------------------------------------------------------------------------------------------

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_338:kept as long as log_retention_days says
  name              = "/whc/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# --- Role -------------------------------------------------------------------------------------------------------------

module "role" {
  source = "../role"

  name                     = "${var.name}-function"
  description              = "What ${var.name} may do"
  service                  = "lambda.amazonaws.com"
  permissions_boundary_arn = var.permissions_boundary_arn

  statements = concat(
    [
      { sid = "Log", actions = ["logs:CreateLogStream", "logs:PutLogEvents"], resources = ["${aws_cloudwatch_log_group.this.arn}:*"] },
      { sid = "Trace", actions = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources = ["*"] },
    ],
    [for sid in sort(keys(var.permissions)) : merge({ sid = sid }, var.permissions[sid])],
  )

  # Lambda makes the function's network interfaces with this role.
  managed_policies = var.network == null ? [] : ["service-role/AWSLambdaENIManagementAccess"]
}
