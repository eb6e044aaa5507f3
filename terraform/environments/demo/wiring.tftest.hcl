# How demo is put together: cheaper than production, and no less closed.

mock_provider "aws" {
  source = "../../tests"
}

override_module {
  target  = module.certificate
  outputs = { arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" }
}

# Told apart, where the mocked provider calls all of a kind the same.
override_resource {
  target = module.logins.module.secret["whc_web"].aws_secretsmanager_secret.this
  values = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/whc_web-AbCdEf" }
}

override_resource {
  target = module.logins.module.secret["whc_web_desk"].aws_secretsmanager_secret.this
  values = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/whc_web_desk-AbCdEf" }
}

override_resource {
  target = module.logins.module.secret["whc_import"].aws_secretsmanager_secret.this
  values = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/whc_import-AbCdEf" }
}

override_resource {
  target = module.session_keys.aws_secretsmanager_secret.this
  values = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/session_keys-AbCdEf" }
}

override_resource {
  target = module.key.aws_kms_key.this
  values = { arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-00000000demo" }
}

variables {
  domain       = "demo.heritage.example"
  zone_id      = "Z0123456789"
  image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
  alarm_emails = ["ops@heritage.example"]
  service_secrets = {
    GOOGLE_CLIENT_SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/google-AbCdEf:client_secret::"
  }
  tokens = {
    keys_arn       = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/token_keys-AbCdEf"
    default_scopes = "contacts:read"
  }
}

# One run, because every run puts the whole environment together anew.
run "is_put_together_as_meant" {
  # --- opens these flows and no others --------------------------------------------------------------------------------

  assert {
    condition = { for name, flow in module.network.flows : name => "${flow.from} to ${flow.to} ${flow.port}" } == {
      edge_to_app      = "edge to app 4000"
      app_to_data      = "app to data 5432"
      job_to_data      = "job to data 5432"
      function_to_data = "function to data 5432"
    }
    error_message = "who talks to whom has changed: somebody is locked out, or let in"
  }

  assert {
    condition     = module.network.reached_by_the_world == toset(["80 0.0.0.0/0", "443 0.0.0.0/0"])
    error_message = "the world must reach the load balancer's two ports and nothing else"
  }

  # --- puts everything in its place -----------------------------------------------------------------------------------

  assert {
    condition = module.service.network == {
      subnet_ids         = toset(module.network.public_subnet_ids)
      security_group_ids = toset([module.network.security_group_ids.app])
      assign_public_ip   = true
    }
    error_message = "without a NAT gateway tasks need public addresses, and the tier app closes them to all but the load balancer"
  }

  assert {
    condition = output.operations.network == {
      subnets = module.network.public_subnet_ids, security_groups = [module.network.security_group_ids.job], assign_public_ip = "ENABLED"
    }
    error_message = "one-off tasks belong into the tier job, which nobody reaches"
  }

  assert {
    condition = module.database.network == {
      subnet_ids = toset(module.network.data_subnet_ids), security_group_ids = toset([module.network.security_group_ids.data])
    }
    error_message = "the database belongs into the subnets without a way out"
  }

  assert {
    condition = module.edge.guarded == {
      deletion_protection = false
      internal            = false
      subnet_ids          = toset(module.network.public_subnet_ids)
      security_group_ids  = toset([module.network.security_group_ids.edge])
    }
    error_message = "the load balancer belongs into the public subnets, in the tier edge"
  }

  # --- starts tasks with what they need -------------------------------------------------------------------------------

  assert {
    condition = alltrue([for statements in [module.service.statements, module.jobs.statements.migrate, module.jobs.statements.import] :
      flatten([for s in statements.execution : s.Resource if s.Sid == "Image"]) == ["arn:aws:ecr:eu-west-1:123456789012:repository/whc"] &&
      length(
        setsubtract(
          ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          flatten(statements.execution[*].Action)
        )
      ) == 0
    ])
    error_message = "whoever starts a task must be able to pull its image"
  }

  assert {
    condition = alltrue([for statements in concat(values(module.jobs.statements), [module.service.statements]) :
      flatten([for s in statements.execution : s.Resource if contains(s.Action, "kms:Decrypt")]) == [module.key.arn]
    ])
    error_message = "whoever starts a task must be able to decrypt its secrets"
  }

  assert {
    condition = { for name, statements in merge(module.jobs.statements, { service = module.service.statements }) : name => toset(flatten([
      for s in statements.execution : s.Resource if contains(s.Action, "secretsmanager:GetSecretValue")
      ])) } == {
      migrate = toset([module.database.master_secret_arn])
      logins  = toset(concat([module.database.master_secret_arn], values(module.logins.arns)))
      import  = toset([module.logins.arns["whc_import"]])
      service = toset([
        module.logins.arns["whc_web"], module.logins.arns["whc_web_desk"], var.tokens.keys_arn, module.session_keys.arn,
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/google-AbCdEf",
      ])
    }
    error_message = "migrations log in as the master, imports as a writer, the service as a reader of sites and as who keeps contacts"
  }

  assert {
    condition = { for s in module.service.containers[0].secrets : s.name => s.valueFrom } == {
      DB_USER           = "${module.logins.arns["whc_web"]}:username::"
      DB_PASSWORD       = "${module.logins.arns["whc_web"]}:password::"
      DB_WRITE_USER     = "${module.logins.arns["whc_web_desk"]}:username::"
      DB_WRITE_PASSWORD = "${module.logins.arns["whc_web_desk"]}:password::"
      AUTH_KEYS         = var.tokens.keys_arn
      SECRET_KEY_BASE   = module.session_keys.arn

      GOOGLE_CLIENT_SECRET = var.service_secrets.GOOGLE_CLIENT_SECRET
    }
    error_message = "the service must get each login whole, the keys of tokens and of sessions, and what it is given by ARN"
  }

  assert {
    condition     = module.service.statements.task == [] && module.jobs.statements.migrate.task == []
    error_message = "programs need nothing of AWS"
  }

  # --- leads to the right database ------------------------------------------------------------------------------------

  assert {
    condition = alltrue([for container in [
      module.service.containers[0], module.jobs.containers.migrate[1], module.jobs.containers.import[2],
      ] :
      { for e in container.environment : e.name => e.value if startswith(e.name, "DB_") } == {
        DB_HOST        = module.database.endpoint.host
        DB_PORT        = "5432"
        DB_NAME        = module.database.endpoint.name
        DB_SSLMODE     = "verify-full"
        DB_SSLROOTCERT = "/authorities/rds.pem"
      } && container.image == var.image
    ])
    error_message = "service, migration and import must be of one image, and go to the database, verified in full"
  }

  # --- is hard to lose ------------------------------------------------------------------------------------------------

  assert {
    condition     = module.database.guarded == { deletion_protection = true, final_snapshot = true, backup_days = 1, encrypted = true }
    error_message = "the database must be locked, leave a snapshot, keep a day, and be encrypted"
  }

  assert {
    condition     = contains(module.key.uses, "logs.eu-west-1.amazonaws.com") && module.jobs.import_bucket_sse_algorithm == "aws:kms"
    error_message = "logs and files to import are encrypted with the key of the environment"
  }

  # --- serves, and is watched -----------------------------------------------------------------------------------------

  assert {
    condition = module.service.serves == {
      listener_arn = module.edge.https_listener_arn, priority = 100, hosts = toset([var.domain]), strategy = "ROLLING"
    }
    error_message = "the service must serve its domain, over TLS"
  }

  assert {
    condition = length(setsubtract([
      "whc-demo-sites-stale", "whc-demo-healthy-hosts", "whc-demo-canary", "whc-demo-log-errors", "whc-demo-alb-5xx", "whc-demo-target-5xx",
      "whc-demo-unhealthy-blue", "whc-demo-ecs-cpu", "whc-demo-ecs-memory", "whc-demo-db-cpu", "whc-demo-db-connections",
    ], module.operations.alarms)) == 0
    error_message = "something can fail unheard"
  }

  assert {
    condition = module.operations.watched == {
      asks     = "https://demo.heritage.example/readyz"
      heard_by = toset(["ops@heritage.example"])
    }
    error_message = "the canary must ask the name that clients use, and somebody must hear of it"
  }

  # --- keeps the database to itself ----------------------------------------------------------------------------------

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

  # --- is as safe as production --------------------------------------------------------------------------------------

  assert {
    condition     = { for e in module.service.containers[0].environment : e.name => e.value }["DB_SSLMODE"] == "verify-full"
    error_message = "TLS to the database must be verified in full"
  }

  assert {
    condition     = module.edge.log_bucket_sse_algorithm == "AES256" && one(module.service.health_paths) == "/livez"
    error_message = "access logs on SSE-S3, health on /livez"
  }

  assert {
    condition = {
      for e in module.service.containers[0].environment : e.name => e.value if e.name == "WHC_ENV" || startswith(e.name, "AUTH_")
    } == { WHC_ENV = "production", AUTH_DEFAULT_SCOPES = "contacts:read" }
    error_message = "the world reaches demo, too: DISABLE_AUTH must be refused, and tokens checked as told"
  }

  assert {
    condition = !anytrue([for name in concat(
      module.service.containers[0].environment[*].name, module.service.containers[0].secrets[*].name
    ) : startswith(name, "VALKEY_")]) && !anytrue([for flow in module.network.flows : flow.to == "cache"])
    error_message = "demo has no cache, so the service must not look for one"
  }

  # --- costs little --------------------------------------------------------------------------------------------------

  assert {
    condition = (
      module.service.min_tasks == 1 &&
      keys(module.service.target_groups) == ["blue"] &&
      output.operations.network.assign_public_ip == "ENABLED"
    )
    error_message = "one task, no second target group, no NAT"
  }

  # --- is built as its price says --------------------------------------------------------------------------------------

  assert {
    condition     = module.network.built == { nat_gateways = 0, logged = "REJECT" }
    error_message = "ways out: none, which would be half of what demo costs"
  }

  assert {
    condition     = module.operations.budget_counts == "user:environment$demo"
    error_message = "the budget must count this environment"
  }

  assert {
    condition     = module.dns.leads_to == toset([module.edge.alias.dns_name])
    error_message = "the name of the service must lead to its load balancer"
  }

  assert {
    condition     = module.logins.recovery_days == toset([0])
    error_message = "demo must be there to be made again the same day"
  }

  assert {
    condition     = module.cluster.insights == "disabled"
    error_message = "metrics per task: every one of them costs"
  }

  assert {
    condition = { for e in module.service.containers[0].environment : e.name => e.value
      if contains(["PUBLIC_URL", "SNAPSHOT_START", "LOG_FORMAT"], e.name)
      } == {
      PUBLIC_URL = "https://${var.domain}", SNAPSHOT_START = "embedded", LOG_FORMAT = "json"
    }
    error_message = "links must begin with the domain, alarms read JSON, and a task must answer without a database"
  }
}
