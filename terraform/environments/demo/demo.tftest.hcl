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
