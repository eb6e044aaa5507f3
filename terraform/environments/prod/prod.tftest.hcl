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
    condition = { for s in module.service.statements.task : s.Sid => toset([for arn in s.Resource : basename(arn)]) } == {
      LogInToTheDatabase = toset(["whc_web", "whc_web_desk"])
    }
    error_message = "the service must be allowed to log in as its two users, and as nobody else"
  }

  assert {
    condition     = !anytrue([for e in module.service.containers[0].environment : endswith(e.name, "SECRET_ARN")])
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
