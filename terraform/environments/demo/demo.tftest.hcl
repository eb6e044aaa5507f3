mock_provider "aws" {
  source = "../../tests"
}

# A certificate is proved by records that are known only when it is asked for.
override_module {
  target  = module.certificate
  outputs = { arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" }
}

variables {
  domain       = "demo.heritage.example"
  zone_id      = "Z0123456789"
  image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
  alarm_emails = ["ops@heritage.example"]
}

run "keeps_the_database_to_itself" {
  assert {
    condition     = module.database.publicly_accessible == false
    error_message = "cheap or not, the database must not have a public address"
  }

  assert {
    condition     = toset([for flow in module.network.flows : flow.from if flow.to == "data"]) == toset(["app", "job", "function"])
    error_message = "only tasks and functions of ours may reach the database"
  }

  assert {
    condition     = [for flow in module.network.flows : flow.from if flow.to == "app"] == ["edge"]
    error_message = "tasks have public addresses, so only the load balancer may reach them"
  }
}

run "is_as_safe_as_production" {
  assert {
    condition     = { for e in module.service.containers[0].environment : e.name => e.value }["DB_SSLMODE"] == "verify-full"
    error_message = "TLS to the database must be verified in full"
  }

  assert {
    condition     = module.edge.log_bucket_sse_algorithm == "AES256" && one(module.service.health_paths) == "/livez"
    error_message = "access logs on SSE-S3, health on /livez"
  }
}

run "costs_little" {
  assert {
    condition = (
      module.service.min_tasks == 1 &&
      keys(module.service.target_groups) == ["blue"] &&
      output.operations.network.assign_public_ip == "ENABLED"
    )
    error_message = "one task, no second target group, no NAT"
  }
}

run "pulls_from_github" {
  variables {
    image                    = "ghcr.io/heritage/whc:0123abc"
    registry_credentials_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/ghcr-AbCdEf"
  }

  assert {
    condition = alltrue([for statements in [module.service.statements, module.jobs.statements.migrate, module.jobs.statements.import] :
      contains(flatten(statements.execution[*].Resource), var.registry_credentials_arn) && !contains(statements.execution[*].Sid, "Image")
    ])
    error_message = "whoever starts a task must be able to log in to ghcr.io, and needs nothing of ECR"
  }

  assert {
    condition = alltrue([for container in [
      module.service.containers[0], module.jobs.containers.migrate[1], module.jobs.containers.import[2],
      ] :
      container.repositoryCredentials.credentialsParameter == var.registry_credentials_arn
    ])
    error_message = "every container with our image must be pulled with the credentials"
  }
}
