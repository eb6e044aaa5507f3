mock_provider "aws" {
  source = "../../tests"
}

variables {
  name            = "whc-test"
  image           = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
  repository_arns = ["arn:aws:ecr:eu-west-1:123456789012:repository/whc"]
  kms_key_arn     = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  import_login    = "whc_import"

  database = {
    host              = "whc-test.cluster-x.eu-west-1.rds.amazonaws.com"
    port              = 5432
    name              = "whc"
    master_secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-AbCdEf"
  }

  logins = {
    whc_web      = { secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/whc_web-AbCdEf", role = "whc_reader" }
    whc_web_desk = { secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/whc_web_desk-AbCdEf", role = "whc_desk" }
    whc_import   = { secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/whc_import-AbCdEf", role = "whc_writer" }
  }
}

run "migrates_from_the_same_image" {
  assert {
    condition     = module.migrate.containers[1].image == var.image && module.migrate.containers[1].command == ["migrate"]
    error_message = "the migration must be that of the image that is deployed"
  }

  assert {
    condition     = { for e in module.migrate.containers[1].environment : e.name => e.value }["DB_HOST"] == var.database.host
    error_message = "the migration must go to the database itself: the lock lives in the session"
  }

  assert {
    condition = alltrue([for c in [module.migrate.containers[1], module.import.containers[2]] :
      { for e in c.environment : e.name => e.value }["DB_SSLMODE"] == "verify-full"
    ])
    error_message = "TLS must be verified in full"
  }

  assert {
    condition     = module.migrate.containers[1].stopTimeout == 120
    error_message = "a migration that is stopped needs time to end its transaction"
  }
}

run "makes_logins_without_telling_passwords" {
  assert {
    condition     = { for e in module.logins.containers[1].environment : e.name => e.value }["PGSSLMODE"] == "verify-full"
    error_message = "TLS must be verified in full"
  }

  assert {
    condition = toset([for s in module.logins.containers[1].secrets : s.name]) == toset(
      ["PGUSER", "PGPASSWORD", "LOGIN_WHC_WEB", "LOGIN_WHC_WEB_DESK", "LOGIN_WHC_IMPORT"]
    )
    error_message = "passwords must come from the secrets"
  }

  assert {
    condition = (
      strcontains(module.logins.containers[1].command[0], "\n\\password whc_web\n$LOGIN_WHC_WEB\n$LOGIN_WHC_WEB\n") &&
      !strcontains(module.logins.containers[1].command[0], " PASSWORD ")
    )
    error_message = "no statement may have a password in it"
  }

  assert {
    condition = (
      strcontains(module.logins.containers[1].command[0], "GRANT whc_reader TO whc_web;") &&
      strcontains(module.logins.containers[1].command[0], "GRANT whc_desk TO whc_web_desk;") &&
      strcontains(module.logins.containers[1].command[0], "GRANT whc_writer TO whc_import;")
    )
    error_message = "the service reads sites and keeps contacts, imports write sites"
  }
}

run "imports_as_a_writer" {
  assert {
    condition     = module.import.containers[2].dependsOn[1] == { containerName = "fetch", condition = "SUCCESS" }
    error_message = "nothing may be imported unless the file was fetched"
  }

  assert {
    condition     = alltrue([for s in module.import.containers[2].secrets : startswith(s.valueFrom, var.logins.whc_import.secret_arn)])
    error_message = "an import must not have more rights than it needs"
  }

  assert {
    condition     = contains(module.import.containers[2].command, "--dry-run") && module.import_bucket.sse_algorithm == "aws:kms"
    error_message = "without further words an import must write nothing, and the file must be encrypted"
  }
}

run "refuses_an_owner" {
  command = plan

  variables {
    logins = { whc_import = { secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf", role = "whc_owner" } }
  }

  expect_failures = [var.logins]
}
