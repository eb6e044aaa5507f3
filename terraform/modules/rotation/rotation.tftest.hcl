mock_provider "aws" {
  source = "../../tests"
}

variables {
  name        = "whc-test-rotation"
  package     = { bucket = "whc-packages-123456789012", key = "0123abc/whc-rotation.zip" }
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  network     = { subnet_ids = ["subnet-a"], security_group_id = "sg-function" }
  secrets     = { whc_web = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/whc_web-AbCdEf" }
  database = {
    host              = "whc-test.cluster-x.eu-west-1.rds.amazonaws.com"
    port              = 5432
    name              = "whc"
    master_secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-AbCdEf"
  }
  redeploy = {
    cluster_name = "whc-test"
    service_name = "whc-test"
    service_arn  = "arn:aws:ecs:eu-west-1:123456789012:service/whc-test/whc-test"
  }
}

run "tells_the_program_what_it_needs" {
  command = plan

  assert {
    condition = module.function.environment == tomap({
      LOG_FORMAT        = "json"
      ROTATION_STRATEGY = "single"
      MASTER_SECRET_ARN = var.database.master_secret_arn
      DB_HOST           = var.database.host
      DB_PORT           = "5432"
      DB_NAME           = "whc"
      DB_SSLMODE        = "verify-full"
      DB_SSLROOTCERT    = "/var/task/rds.pem"
      ECS_CLUSTER       = "whc-test"
      ECS_SERVICE       = "whc-test"
    })
    error_message = "the environment is the contract with whc-rotation; change both, and the table in docs/OPERATIONS.md"
  }
}

run "may_change_its_own_secrets_only" {
  assert {
    condition     = flatten([for s in module.function.statements : s.Resource if s.Sid == "Rotate"]) == [var.secrets.whc_web]
    error_message = "only the secrets it rotates may be written"
  }

  assert {
    condition     = flatten([for s in module.function.statements : s.Action if s.Sid == "ReadMaster"]) == ["secretsmanager:GetSecretValue"]
    error_message = "the master's secret may be read, never written"
  }

  assert {
    condition     = flatten([for s in module.function.statements : s.Resource if s.Sid == "Redeploy"]) == [var.redeploy.service_arn]
    error_message = "only the one service may be redeployed"
  }

  assert {
    condition     = aws_lambda_permission.secrets_manager.source_account == "123456789012"
    error_message = "only this account's secrets may call the function"
  }
}

run "has_a_schedule" {
  command = plan

  assert {
    condition = (
      one(aws_secretsmanager_secret_rotation.this["whc_web"].rotation_rules).schedule_expression == "rate(30 days)" &&
      !aws_secretsmanager_secret_rotation.this["whc_web"].rotate_immediately
    )
    error_message = "passwords must change every 30 days, and not before the logins are made"
  }
}

run "rotates_tokens_and_keys" {
  variables {
    secrets = {
      whc_web      = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/whc_web-AbCdEf"
      valkey_web   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/valkey_web-AbCdEf"
      session_keys = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/session_keys-AbCdEf"
    }
    session_keys = "session_keys"
    cache = {
      host      = "whc-test.serverless.euw1.cache.amazonaws.com"
      port      = 6379
      user_arns = ["arn:aws:elasticache:eu-west-1:123456789012:user:whc-test-web"]
    }
  }

  assert {
    condition = {
      for name, value in module.function.environment : name => value
      if startswith(name, "VALKEY_") || startswith(name, "SESSION_")
      } == {
      VALKEY_HOST = var.cache.host, VALKEY_PORT = "6379", SESSION_KEYS_SECRET_ARN = var.secrets.session_keys
    }
    error_message = "the function must know where tokens are tried out, and which secret has the keys"
  }

  assert {
    condition = (
      toset(flatten([for s in module.function.statements : s.Resource if s.Sid == "Rotate"])) == toset(values(var.secrets)) &&
      flatten([for s in module.function.statements : s.Resource if contains(s.Action, "elasticache:ModifyUser")]) ==
      [var.cache.user_arns[0]]
    )
    error_message = "it may write these secrets, and give these users tokens, and no others"
  }
}

run "knows_the_keys_among_its_secrets" {
  command = plan

  variables {
    session_keys = "other"
  }

  expect_failures = [var.session_keys]
}
