# The same answers without a server: whc-lambda behind an HTTP API.

module "function" {
  source = "../function"

  name                     = var.name
  description              = "The World Heritage List over HTTP"
  package                  = var.package
  architecture             = var.architecture
  memory                   = var.memory
  timeout_seconds          = 10
  reserved_concurrency     = var.reserved_concurrency
  environment              = merge({ PUBLIC_URL = local.public_url }, var.environment)
  permissions              = var.permissions
  network                  = var.network
  log_retention_days       = var.log_retention_days
  kms_key_arn              = var.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn
}

# --- Alias: what callers call; a way back is one word -----------------------------------------------------------------

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "What answers"
  function_name    = module.function.name
  function_version = var.live_version == null ? module.function.version : var.live_version
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  count = var.provisioned_concurrency > 0 ? 1 : 0

  function_name                     = module.function.name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = var.provisioned_concurrency
}

# --- HTTP API: everything goes to the function ------------------------------------------------------------------------

resource "aws_apigatewayv2_api" "this" {
  name                         = var.name
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = var.custom_domain != null # one name for clients, one for the firewall to watch
}

resource "aws_apigatewayv2_integration" "this" {
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.live.invoke_arn
  payload_format_version = "2.0" # keeps the query as it was sent
  timeout_milliseconds   = 15000
}

resource "aws_apigatewayv2_route" "this" {
  #checkov:skip=CKV_AWS_309:the list is public; what is not, the program checks itself
  api_id    = aws_apigatewayv2_api.this.id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.this.id}"
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default" # no stage in the path
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = var.requests_per_second
    throttling_burst_limit = var.requests_per_second * 2
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      time   = "$context.requestTime", ip = "$context.identity.sourceIp", method = "$context.httpMethod", path = "$context.path",
      status = "$context.status", bytes = "$context.responseLength", ms = "$context.responseLatency", id = "$context.requestId",
      error  = "$context.integrationErrorMessage",
    })
  }
}

resource "aws_cloudwatch_log_group" "access" {
  #checkov:skip=CKV_AWS_338:kept as long as log_retention_days says
  name              = "/whc/${var.name}/access"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_lambda_permission" "api" {
  statement_id  = "http-api"
  action        = "lambda:InvokeFunction"
  function_name = module.function.name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*"
}

# --- A name of its own, where one is given ----------------------------------------------------------------------------

locals {
  public_url = var.custom_domain == null ? "" : "https://${var.custom_domain.name}"
}

resource "aws_apigatewayv2_domain_name" "this" {
  count = var.custom_domain == null ? 0 : 1

  domain_name = var.custom_domain.name

  domain_name_configuration {
    certificate_arn = var.custom_domain.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "this" {
  count = var.custom_domain == null ? 0 : 1

  api_id      = aws_apigatewayv2_api.this.id
  domain_name = aws_apigatewayv2_domain_name.this[0].id
  stage       = aws_apigatewayv2_stage.this.id
}
