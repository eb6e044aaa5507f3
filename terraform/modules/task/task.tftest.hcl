mock_provider "aws" {
  source = "../../tests"

  override_resource {
    target = module.execution_role.aws_iam_role.this
    values = { arn = "arn:aws:iam::123456789012:role/whc/whc-test-execution" }
  }

  override_resource {
    target = module.task_role.aws_iam_role.this
    values = { arn = "arn:aws:iam::123456789012:role/whc/whc-test-task" }
  }
}

variables {
  name            = "whc-test"
  kms_key_arn     = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  repository_arns = ["arn:aws:ecr:eu-west-1:123456789012:repository/whc"]
  permissions = {
    Database = { actions = ["rds-db:connect"], resources = ["arn:aws:rds-db:eu-west-1:123456789012:dbuser:prx-0a1b2c/whc_web"] }
  }
  containers = [{
    name           = "whc"
    image          = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
    entry_point    = ["whc"]
    command        = ["serve"]
    port           = 4000
    health_command = ["CMD", "whc", "healthcheck"]
    environment    = { PORT = "4000" }
    secrets        = { DB_PASSWORD = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/web-AbCdEf:password::" }
  }]
}

run "separates_the_roles" {
  assert {
    condition     = output.role_arns.execution != output.role_arns.task
    error_message = "the program must not have the rights that start it"
  }

  assert {
    condition = (
      aws_ecs_task_definition.this.execution_role_arn == module.execution_role.arn &&
      aws_ecs_task_definition.this.task_role_arn == module.task_role.arn
    )
    error_message = "each role must be where it belongs"
  }

  assert {
    condition = flatten([for s in module.execution_role.statements : s.Resource if s.Sid == "Secrets"]) == [
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/web-AbCdEf"
    ]
    error_message = "the execution role must read the secrets of the definition, by ARN, and no others"
  }

  assert {
    condition     = alltrue([for s in module.execution_role.statements : !contains(s.Resource, "*") || s.Sid == "Registry"])
    error_message = "only the login to the registry cannot be limited"
  }

  assert {
    condition     = flatten(module.task_role.statements[*].Action) == ["rds-db:connect"]
    error_message = "the program must have what it was given and nothing else"
  }
}

run "locks_the_container_down" {
  assert {
    condition = alltrue([for c in output.containers :
      c.readonlyRootFilesystem && c.linuxParameters.capabilities.drop == ["ALL"] && c.user == "65532:65532"
    ])
    error_message = "root file system read-only, no capabilities, no root"
  }

  assert {
    condition = alltrue(
      [for c in output.containers : c.logConfiguration.logDriver == "awslogs" && c.logConfiguration.options.mode == "non-blocking"]
    )
    error_message = "the log must go to CloudWatch without holding up requests"
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "the log must be encrypted and end"
  }

  assert {
    condition     = aws_ecs_task_definition.this.skip_destroy
    error_message = "earlier revisions must stay, or there is no way back"
  }
}

run "brings_the_authorities_of_rds" {
  variables {
    authorities_image = "public.ecr.aws/docker/library/postgres:17-alpine"
  }

  assert {
    condition = (
      output.containers[0].name == "authorities" &&
      output.containers[1].dependsOn == [{ containerName = "authorities", condition = "SUCCESS" }]
    )
    error_message = "the program must not begin before it can verify the database"
  }

  assert {
    condition = (
      output.containers[1].mountPoints == [{ sourceVolume = "authorities", containerPath = "/authorities", readOnly = true }] &&
      !output.containers[0].essential
    )
    error_message = "the program may read them, and goes on when the other has ended"
  }

  assert {
    condition = (
      output.containers[0].user == "70:70" &&
      one(output.containers[0].mountPoints).containerPath == "/var/lib/postgresql/data"
    )
    error_message = "who fetches them must not be root, and so must write where the image lets postgres write"
  }
}

run "does_nothing_unasked" {
  command = plan

  variables {
    permissions = {}
  }

  assert {
    condition     = length(module.task_role.statements) == 0
    error_message = "without permissions the program must have none"
  }
}

run "refuses_latest" {
  command = plan

  variables {
    containers = [{ name = "whc", image = "whc:latest", entry_point = ["whc"], command = ["serve"] }]
  }

  expect_failures = [var.containers]
}

run "refuses_a_password_in_the_environment" {
  command = plan

  variables {
    containers = [{ name = "whc", image = "whc:1", entry_point = ["whc"], command = ["serve"], environment = { DB_PASSWORD = "x" } }]
  }

  expect_failures = [var.containers]
}

run "pulls_from_another_registry" {
  variables {
    repository_arns = []
    containers = [{
      name            = "whc"
      image           = "ghcr.io/heritage/whc:0123abc"
      entry_point     = ["whc"]
      command         = ["serve"]
      credentials_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/ghcr-AbCdEf"
    }]
  }

  assert {
    condition     = output.containers[0].repositoryCredentials.credentialsParameter == var.containers[0].credentials_arn
    error_message = "ECS must log in to the registry"
  }

  assert {
    condition = [for s in module.execution_role.statements : "${s.Sid} ${one(s.Resource)}" if s.Sid != "Log"] == [
      "Secrets ${var.containers[0].credentials_arn}", "SecretsKey ${var.kms_key_arn}",
    ]
    error_message = "who starts the task must read the credentials, and needs nothing of ECR"
  }
}
