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

run "keeps_the_database_to_itself" {
  command = plan

  assert {
    condition     = module.database.publicly_accessible == false
    error_message = "the database must not have a public address"
  }

  assert {
    condition = (
      [for flow in module.network.flows : flow.from if flow.to == "proxy" && flow.from != "function"] == ["app"] &&
      !contains([for flow in module.network.flows : flow.from if flow.to == "data"], "app")
    )
    error_message = "the service must reach the database through the proxy only"
  }

  assert {
    condition     = length(module.database.instances) == 2
    error_message = "the database must survive the loss of an instance"
  }
}

run "serves_through_the_proxy_and_migrates_past_it" {
  assert {
    condition     = { for e in module.service.containers[0].environment : e.name => e.value }["DB_HOST"] == module.proxy.host
    error_message = "the service must connect to the proxy"
  }

  assert {
    condition     = { for e in module.service.containers[0].environment : e.name => e.value }["DB_SSLMODE"] == "verify-full"
    error_message = "TLS to the database must be verified in full"
  }

  assert {
    condition = (
      contains([for e in module.service.containers[0].environment : e.name], "DB_SECRET_ARN") &&
      length(module.service.containers[0].secrets) == 0
    )
    error_message = "the service must ask for its login itself, or it would not outlive a rotation"
  }

  assert {
    condition = (
      module.database.endpoint.host != module.proxy.host &&
      toset(keys(module.jobs.tasks)) == toset(["migrate", "logins", "import"])
    )
    error_message = "migrations go to the database itself"
  }

  assert {
    condition = (
      one(module.service.health_paths) == "/livez" &&
      module.service.min_tasks == 2 &&
      toset(keys(module.service.target_groups)) == toset(["blue", "green"])
    )
    error_message = "two tasks, asked for /livez, replaced blue/green"
  }
}

run "encrypts_and_logs" {
  command = plan

  assert {
    condition     = module.edge.log_bucket_sse_algorithm == "AES256"
    error_message = "load balancers can write to SSE-S3 buckets only"
  }

  assert {
    condition = (
      module.waf.scope == "REGIONAL" &&
      length([for name in module.operations.alarms : name if strcontains(name, "proxy-pinned")]) == 1
    )
    error_message = "a firewall in front, alarms behind"
  }

  assert {
    condition     = output.backup.copy_region != var.region
    error_message = "backups must be copied to another region"
  }
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

run "is_announced_around_the_world" {
  command = plan

  variables {
    front = "accelerator"
  }

  assert {
    condition     = length(module.accelerator) == 1 && length(module.cdn) == 0
    error_message = "Global Accelerator and CloudFront exclude each other"
  }
}

run "logs_in_with_iam" {
  variables {
    database_iam_login = true
  }

  assert {
    condition     = { for e in module.service.containers[0].environment : e.name => e.value }["DB_IAM_AUTH"] == "true"
    error_message = "whc must be told to make tokens"
  }

  assert {
    condition     = !contains([for e in module.service.containers[0].environment : e.name], "DB_SECRET_ARN")
    error_message = "with IAM there must be no password to know"
  }
}

run "begins_without_functions" {
  command = plan

  assert {
    condition     = length(module.rotation) == 0 && output.serverless_url == null
    error_message = "the first apply is before the logins and perhaps before the first package, so it must need neither"
  }
}

run "rotates_with_functions" {
  command = plan

  variables {
    functions = "0123456789abcdef0123456789abcdef01234567"
  }

  assert {
    condition     = one(module.rotation[*].package) == { bucket = "whc-packages-123456789012", key = "${var.functions}/whc-rotation.zip" }
    error_message = "the rotation must be the one of the commit, as the workflow uploads it"
  }

  assert {
    condition     = contains(module.operations.alarms, "whc-prod-rotation-errors")
    error_message = "a rotation that fails must be heard of"
  }

  assert {
    condition     = output.serverless_url == null
    error_message = "a second way in must be asked for"
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

run "does_without_endpoints" {
  command = plan

  variables {
    interface_endpoints = []
  }

  assert {
    condition     = !anytrue([for flow in module.network.flows : flow.to == "endpoint"])
    error_message = "what is not there needs no flow"
  }
}
