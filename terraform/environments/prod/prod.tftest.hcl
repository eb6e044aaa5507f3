mock_provider "aws" {
  source = "../../tests"
}

# A certificate is proved by records that are known only when it is asked for.
override_module {
  target  = module.certificate
  outputs = { arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" }
}

override_module {
  target  = module.cdn_certificate
  outputs = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" }
}

variables {
  domain       = "heritage.example"
  zone_id      = "Z0123456789"
  image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
  alarm_emails = ["ops@heritage.example"]
}

run "hides_behind_cloudfront" {
  command = plan

  variables {
    front = "cloudfront"
  }

  assert {
    condition     = length(module.cdn) == 1 && module.waf.scope == "CLOUDFRONT" && length(module.accelerator) == 0
    error_message = "CloudFront needs a distribution, and the firewall must be in front of it"
  }

  assert {
    condition     = module.edge.guarded.internal && length(module.network.reached_by_the_world) == 0
    error_message = "nobody may reach the load balancer past CloudFront and its firewall"
  }
}

run "is_announced_around_the_world_and_does_without_endpoints" {
  command = plan

  variables {
    front               = "accelerator"
    interface_endpoints = []
  }

  assert {
    condition     = length(module.accelerator) == 1 && length(module.cdn) == 0
    error_message = "Global Accelerator and CloudFront exclude each other"
  }

  assert {
    condition     = !anytrue([for flow in module.network.flows : flow.to == "endpoint"])
    error_message = "what is not there needs no flow"
  }
}

run "logs_in_with_iam" {
  variables {
    database_iam_login = true
  }

  assert {
    condition = {
      for e in module.service.containers[0].environment : e.name => e.value
      if contains(["DB_USER", "DB_WRITE_USER", "DB_IAM_AUTH"], e.name)
    } == { DB_USER = "whc_web", DB_WRITE_USER = "whc_web_desk", DB_IAM_AUTH = "true" }
    error_message = "whc must be told to make tokens, and for whom"
  }

  assert {
    condition = { for s in module.service.statements.task : s.Sid => toset([for arn in s.Resource : basename(arn)])
      if !strcontains(s.Sid, "Cache")
      } == {
      LogInToTheDatabase = toset(["whc_web", "whc_web_desk"])
    }
    error_message = "the service must be allowed to log in as its two users, and as nobody else"
  }

  assert {
    condition     = !anytrue([for e in module.service.containers[0].environment : endswith(e.name, "SECRET_ARN")])
    error_message = "with IAM there must be no password to know"
  }
}

run "comes_to_the_cache_with_a_token" {
  variables {
    cache = { login = "token" }
  }

  assert {
    condition = (
      [for e in module.service.containers[0].environment : e.value if e.name == "VALKEY_SECRET_ARN"] == [
        one(module.cache[*].tokens).web.secret_arn
      ] && !contains(module.service.containers[0].environment[*].name, "VALKEY_IAM_AUTH")
    )
    error_message = "the token must come from its secret, and nothing else be tried"
  }

  assert {
    condition = (
      flatten([for s in module.service.statements.task : s.Resource if s.Sid == "ReadItsToken"]) ==
      [one(module.cache[*].tokens).web.secret_arn] &&
      !contains(flatten(module.service.statements.task[*].Action), "elasticache:Connect")
    )
    error_message = "the service must be able to ask for its token, as often as it changes"
  }
}

run "does_without_a_cache" {
  command = plan

  variables {
    cache      = null
    functions  = "0123456789abcdef0123456789abcdef01234567"
    serverless = true
  }

  assert {
    condition = length(module.cache) == 0 && !anytrue([for name in concat(
      module.service.containers[0].environment[*].name, module.service.containers[0].secrets[*].name,
      keys(one(module.serverless[*].environment)),
    ) : startswith(name, "VALKEY_")])
    error_message = "a service that is told of a cache that is not there looks for it at every request"
  }

  assert {
    condition = (
      !anytrue([for flow in module.network.flows : flow.to == "cache"]) &&
      !anytrue([for name in module.operations.alarms : strcontains(name, "-cache-")]) &&
      !contains(module.service.statements.task[*].Sid, "LogInToTheCache")
    )
    error_message = "nothing of it may be left: no way to it, no alarm, no right"
  }

  assert {
    condition     = one(module.serverless[*].network) == null
    error_message = "a function that needs nothing of the network starts faster outside of it"
  }
}

run "begins_without_functions" {
  command = plan

  assert {
    condition     = length(module.rotation) == 0 && output.serverless_url == null
    error_message = "the first apply is before the logins and perhaps before the first package, so it must need neither"
  }
}

run "answers_from_lambda" {
  command = plan

  variables {
    functions  = "0123456789abcdef0123456789abcdef01234567"
    serverless = true
  }

  assert {
    condition     = one(module.serverless[*].package) == { bucket = "whc-packages-123456789012", key = "${var.functions}/whc-lambda.zip" }
    error_message = "whc-lambda must be the one of the commit, as the workflow uploads it"
  }

  assert {
    condition = (
      one(module.serverless[*].environment).VALKEY_USER == "whc-prod-lambda" &&
      one(module.serverless[*].environment).VALKEY_PREFIX == "whc-prod-lambda" &&
      contains(flatten(one(module.serverless[*].statements)[*].Action), "elasticache:Connect")
    )
    error_message = "functions share among themselves; what tasks read, they must not be able to write"
  }

  assert {
    condition = (
      one(module.serverless[*].environment).SECRET_KEY_BASE_ARN == module.session_keys.arn &&
      flatten([for s in one(module.serverless[*].statements) : s.Resource if s.Sid == "ReadItsSecrets"]) == [module.session_keys.arn]
    )
    error_message = "functions must sign what they share, with keys that they may read"
  }

  assert {
    condition     = one(module.serverless[*].network) != null
    error_message = "the cache is reached from within the network only"
  }

  assert {
    condition     = output.serverless_url == "https://lambda.heritage.example"
    error_message = "it must have a name of its own"
  }
}

run "refuses_functions_that_could_change" {
  command = plan

  variables {
    functions = "main"
  }

  expect_failures = [var.functions]
}

run "refuses_lambda_without_functions" {
  command = plan

  variables {
    serverless = true
  }

  expect_failures = [var.serverless]
}

run "refuses_a_secret_in_a_variable" {
  command = plan

  variables {
    service_secrets = { GOOGLE_CLIENT_SECRET = "GOCSPX-known" }
  }

  expect_failures = [var.service_secrets]
}

run "refuses_a_secret_of_another_environment" {
  command = plan

  variables {
    service_secrets = { GOOGLE_CLIENT_SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/google-AbCdEf" }
  }

  expect_failures = [var.service_secrets]
}

run "refuses_a_copy_in_the_same_region" {
  command = plan

  variables {
    copy_region = "eu-west-1"
  }

  expect_failures = [var.copy_region]
}

run "refuses_a_single_task" {
  command = plan

  variables {
    service = { min_tasks = 1 }
  }

  expect_failures = [var.service]
}
