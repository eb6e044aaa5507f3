mock_provider "aws" {
  source = "../../tests"
}

variables {
  name              = "whc-test"
  image             = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
  repository_arns   = ["arn:aws:ecr:eu-west-1:123456789012:repository/whc"]
  public_url        = "https://heritage.example"
  hosts             = ["heritage.example"]
  vpc_id            = "vpc-1"
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-app"
  kms_key_arn       = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  min_tasks         = 2
  max_tasks         = 8

  cluster = { arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/whc-test", name = "whc-test" }
  load_balancer = {
    listener_arn         = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/whc-test/50dc6c495c0c9188/f2f7dc8efc522ab2"
    arn_suffix           = "app/whc-test/50dc6c495c0c9188"
    idle_timeout_seconds = 60
  }
}

run "asks_whether_it_lives" {
  command = plan

  assert {
    condition = alltrue(
      [for group in aws_lb_target_group.this : one(group.health_check).path == "/livez" && one(group.health_check).matcher == "200"]
    )
    error_message = "the load balancer must ask /livez: with a path that depends on the database, an outage would replace every task"
  }
}

run "drains" {
  assert {
    condition = {
      delay        = output.containers[0].environment[index(output.containers[0].environment[*].name, "SHUTDOWN_DELAY_SECONDS")].value
      timeout      = output.containers[0].environment[index(output.containers[0].environment[*].name, "SHUTDOWN_TIMEOUT_SECONDS")].value
      stop         = output.containers[0].stopTimeout
      deregistered = aws_lb_target_group.this["blue"].deregistration_delay
    } == { delay = "5", timeout = "20", stop = 30, deregistered = "25" }
    error_message = "the drain of the program (5 + 20 s) must fit into deregistration (25 s) and stopTimeout (30 s)"
  }

  assert {
    condition     = output.containers[0].environment[index(output.containers[0].environment[*].name, "KEEP_ALIVE_SECONDS")].value == "75"
    error_message = "the program must keep idle connections longer than the load balancer does"
  }
}

run "refuses_a_stop_shorter_than_the_drain" {
  command = plan

  variables {
    shutdown_timeout_seconds = 30
  }

  expect_failures = [var.stop_timeout_seconds]
}

run "goes_back_when_a_deployment_fails" {
  command = plan

  assert {
    condition = (
      one(aws_ecs_service.this.deployment_circuit_breaker).enable &&
      one(aws_ecs_service.this.deployment_circuit_breaker).rollback
    )
    error_message = "a deployment that does not become healthy must be rolled back"
  }

  assert {
    condition     = aws_ecs_service.this.deployment_minimum_healthy_percent == 100
    error_message = "old tasks must stay until new ones are healthy"
  }

  assert {
    condition = (
      module.task.containers[0].command == ["serve"] &&
      module.task.containers[0].healthCheck.command == ["CMD", "/usr/local/bin/whc", "healthcheck"]
    )
    error_message = "the container must serve, and be asked whether it lives"
  }
}

run "shifts_from_blue_to_green" {
  command = plan

  variables {
    deployment_strategy = "BLUE_GREEN"
  }

  assert {
    condition = (
      one(aws_ecs_service.this.deployment_configuration).strategy == "BLUE_GREEN" &&
      toset(keys(aws_lb_target_group.this)) == toset(["blue", "green"])
    )
    error_message = "blue/green needs two target groups"
  }

  assert {
    condition     = length(one(aws_ecs_service.this.load_balancer).advanced_configuration) == 1 && length(module.shift_role) == 1
    error_message = "ECS must know the other target group and be allowed to shift"
  }
}

run "keeps_to_itself" {
  command = plan

  assert {
    condition     = !one(aws_ecs_service.this.network_configuration).assign_public_ip && !aws_ecs_service.this.enable_execute_command
    error_message = "no public address and no sessions unless asked for"
  }
}

run "lets_operators_in_when_told" {
  command = plan

  variables {
    enable_exec = true
  }

  assert {
    condition = aws_ecs_service.this.enable_execute_command && { for s in module.task.statements.task : s.Sid => one(s.Resource) } == {
      Sessions = "*", SessionsKey = var.kms_key_arn
    }
    error_message = "sessions need rights of the task's own role, and the key they are encrypted with"
  }

  assert {
    condition     = !module.task.containers[0].readonlyRootFilesystem && module.task.containers[0].linuxParameters.initProcessEnabled
    error_message = "the agent of a session writes into the container"
  }
}

run "separates_the_roles" {
  assert {
    condition     = toset(keys(output.task_role_arns)) == toset(["execution", "task"])
    error_message = "the task needs two roles"
  }
}

run "scales_by_cpu_and_requests" {
  command = plan

  variables {
    target_requests_per_task = 60000
  }

  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 2 && aws_appautoscaling_target.this.max_capacity == 8
    error_message = "the number of tasks must stay between the two bounds"
  }

  assert {
    condition = (
      length(aws_appautoscaling_policy.requests) == 1 &&
      one(aws_appautoscaling_policy.cpu.target_tracking_scaling_policy_configuration).target_value == 60
    )
    error_message = "both CPU and requests must count"
  }
}

run "disables_no_authentication" {
  command = plan

  assert {
    condition     = lookup({ for e in module.task.containers[0].environment : e.name => e.value }, "WHC_ENV", null) == "production"
    error_message = "the program must refuse DISABLE_AUTH"
  }

  assert {
    condition     = length(module.task.containers[0].secrets) == 0 && !contains(module.task.statements.execution[*].Sid, "Secrets")
    error_message = "without keys there is no secret to read"
  }
}

run "takes_the_keys_of_tokens_by_their_arn" {
  command = plan

  variables {
    tokens = {
      keys_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/token_keys-AbCdEf:pem::"
      jwks_url = "https://login.example/.well-known/jwks.json"
      issuer   = "https://login.example"
      audience = "whc"
    }
  }

  assert {
    condition     = { for s in module.task.containers[0].secrets : s.name => s.valueFrom } == { AUTH_KEYS = var.tokens.keys_arn }
    error_message = "ECS must give the keys to the program"
  }

  assert {
    condition = {
      for s in module.task.statements.execution : s.Sid => join(" ", s.Resource) if startswith(s.Sid, "Secrets")
      } == {
      Secrets    = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/token_keys-AbCdEf"
      SecretsKey = var.kms_key_arn
    }
    error_message = "ECS must be able to read that secret, which is encrypted, and no other"
  }

  assert {
    condition = { for e in module.task.containers[0].environment : e.name => e.value if startswith(e.name, "AUTH_") } == {
      AUTH_JWKS_URL = var.tokens.jwks_url, AUTH_ISSUER = var.tokens.issuer, AUTH_AUDIENCE = var.tokens.audience
    }
    error_message = "the program must be told what to check, and nothing that was not said"
  }
}

run "refuses_to_disable_authentication" {
  command = plan

  variables {
    environment = { WHC_ENV = "development" }
  }

  expect_failures = [var.environment]
}

run "refuses_who_may_do_everything" {
  command = plan

  variables {
    environment = { DISABLE_AUTH = "true" }
  }

  expect_failures = [var.environment]
}

run "refuses_a_key_instead_of_its_secret" {
  command = plan

  variables {
    tokens = { keys_arn = "-----BEGIN PUBLIC KEY-----" }
  }

  expect_failures = [var.tokens]
}

run "refuses_tokens_for_another_service" {
  command = plan

  variables {
    tokens = { jwks_url = "https://login.example/.well-known/jwks.json", issuer = "https://login.example" }
  }

  expect_failures = [var.tokens]
}

run "refuses_checks_without_keys" {
  command = plan

  variables {
    tokens = { default_scopes = "contacts:read" }
  }

  expect_failures = [var.tokens]
}
