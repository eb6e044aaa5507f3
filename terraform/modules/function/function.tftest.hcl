mock_provider "aws" {
  source = "../../tests"
}

variables {
  name        = "whc-test-api"
  description = "Test"
  package     = { bucket = "whc-packages-123456789012", key = "0123abc/whc-lambda.zip" }
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  permissions = {
    Read = { actions = ["secretsmanager:GetSecretValue"], resources = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf"] }
  }
}

run "runs_our_program" {
  command = plan

  assert {
    condition = (
      aws_lambda_function.this.runtime == "provided.al2023" &&
      aws_lambda_function.this.architectures == tolist(["arm64"]) &&
      aws_lambda_function.this.publish
    )
    error_message = "a program of ours, for the right processor, as a version"
  }

  assert {
    condition = (
      aws_lambda_function.this.s3_bucket == var.package.bucket &&
      aws_lambda_function.this.s3_key == var.package.key &&
      aws_lambda_function.this.filename == null
    )
    error_message = "the package must be the one in the bucket, not a file of the machine that applies"
  }

  assert {
    condition = (
      aws_lambda_function.this.reserved_concurrent_executions == null &&
      aws_lambda_function.this.kms_key_arn == var.kms_key_arn
    )
    error_message = "nothing is reserved unasked, since a new account allows no reservation; the environment must be encrypted"
  }

  assert {
    condition     = length(aws_lambda_function.this.vpc_config) == 0
    error_message = "it must be in the network only when told"
  }
}

run "reserves_when_asked" {
  command = plan

  variables {
    reserved_concurrency = 10
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 10
    error_message = "the number of calls at once must be bounded where that is asked for"
  }
}

run "may_do_what_it_was_given" {
  assert {
    condition     = [for s in module.role.statements : s.Sid if contains(s.Resource, "*")] == ["Trace"]
    error_message = "outside of the network only traces cannot be limited"
  }
}

run "joins_the_network" {
  variables {
    network = { subnet_ids = ["subnet-a"], security_group_id = "sg-function" }
  }

  assert {
    condition     = one(aws_lambda_function.this.vpc_config).security_group_ids == toset(["sg-function"])
    error_message = "it must be in the tier function"
  }
}

run "refuses_a_password_in_the_environment" {
  command = plan

  variables {
    environment = { DB_PASSWORD = "x" }
  }

  expect_failures = [var.environment]
}
