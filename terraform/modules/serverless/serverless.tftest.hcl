mock_provider "aws" {
  source = "../../tests"
}

variables {
  name        = "whc-test-api"
  package     = { bucket = "whc-packages-123456789012", key = "0123abc/whc-lambda.zip" }
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "calls_the_alias" {
  assert {
    condition = (
      aws_apigatewayv2_integration.this.integration_uri == aws_lambda_alias.live.invoke_arn &&
      aws_lambda_permission.api.qualifier == "live"
    )
    error_message = "callers must reach the alias, so that a version can be taken back"
  }

  assert {
    condition     = aws_apigatewayv2_integration.this.payload_format_version == "2.0"
    error_message = "version 1.0 rewrites the query"
  }

  assert {
    condition     = length(aws_lambda_provisioned_concurrency_config.this) == 0 && !aws_apigatewayv2_api.this.disable_execute_api_endpoint
    error_message = "nothing is kept warm, and the API has its own name, unless told otherwise"
  }
}

run "bounds_what_comes_in" {
  command = plan

  assert {
    condition     = one(aws_apigatewayv2_stage.this.default_route_settings).throttling_rate_limit == 200
    error_message = "the API must be throttled"
  }
}

run "has_a_name_and_warm_instances" {
  command = plan

  variables {
    provisioned_concurrency = 2
    live_version            = "7"
    custom_domain = {
      name            = "api.heritage.example"
      certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    }
  }

  assert {
    condition     = aws_apigatewayv2_api.this.disable_execute_api_endpoint && output.url == "https://api.heritage.example"
    error_message = "with a name of its own the other must be closed"
  }

  assert {
    condition = (
      one(aws_lambda_provisioned_concurrency_config.this).provisioned_concurrent_executions == 2 &&
      aws_lambda_alias.live.function_version == "7"
    )
    error_message = "warm instances and the version must be as told"
  }
}

run "refuses_more_warm_than_allowed" {
  command = plan

  variables {
    provisioned_concurrency = 100
    reserved_concurrency    = 50
  }

  expect_failures = [var.reserved_concurrency]
}
