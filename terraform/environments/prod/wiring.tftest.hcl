# How production is put together: who gets what of whom. The modules are held to their promises by their own tests.

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
  values = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/whc_web-AbCdEf" }
}

override_resource {
  target = module.logins.module.secret["whc_web_desk"].aws_secretsmanager_secret.this
  values = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/whc_web_desk-AbCdEf" }
}

override_resource {
  target = module.logins.module.secret["whc_import"].aws_secretsmanager_secret.this
  values = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/whc_import-AbCdEf" }
}

override_resource {
  target = module.session_keys.aws_secretsmanager_secret.this
  values = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/session_keys-AbCdEf" }
}

override_resource {
  target = module.key.aws_kms_key.this
  values = { arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-00000000prod" }
}

variables {
  domain       = "heritage.example"
  zone_id      = "Z0123456789"
  image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
  alarm_emails = ["ops@heritage.example"]
  functions    = "0123456789abcdef0123456789abcdef01234567"
  service_secrets = {
    GOOGLE_CLIENT_SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/google-AbCdEf:client_secret::"
  }
  tokens = {
    keys_arn       = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/token_keys-AbCdEf"
    issuer         = "https://login.example"
    audience       = "whc"
    default_scopes = "contacts:read"
  }
}

# One run, because every run puts the whole environment together anew.
run "is_put_together_as_meant" {
  # --- opens these flows and no others -------------------------------------------------------------------------------

  assert {
    condition = { for name, flow in module.network.flows : name => "${flow.from} to ${flow.to} ${flow.port}" } == {
      edge_to_app          = "edge to app 4000"
      app_to_proxy         = "app to proxy 5432"
      function_to_proxy    = "function to proxy 5432"
      proxy_to_data        = "proxy to data 5432"
      job_to_data          = "job to data 5432"
      function_to_data     = "function to data 5432"
      app_to_cache         = "app to cache 6379"
      function_to_cache    = "function to cache 6379"
      app_to_endpoint      = "app to endpoint 443"
      job_to_endpoint      = "job to endpoint 443"
      function_to_endpoint = "function to endpoint 443"
    }
    error_message = "who talks to whom has changed: somebody is locked out, or let in"
  }

  assert {
    condition     = module.network.reached_by_the_world == toset(["80 0.0.0.0/0", "443 0.0.0.0/0"])
    error_message = "the world must reach the load balancer's two ports and nothing else"
  }

  # --- puts everything in its place ----------------------------------------------------------------------------------

  assert {
    condition = module.service.network == {
      subnet_ids = toset(module.network.app_subnet_ids), security_group_ids = toset(
        [module.network.security_group_ids.app]
      ), assign_public_ip = false
    }
    error_message = "tasks belong into private subnets, in the tier app"
  }

  assert {
    condition = output.operations.network == {
      subnets = module.network.app_subnet_ids, security_groups = [module.network.security_group_ids.job], assign_public_ip = "DISABLED"
    }
    error_message = "one-off tasks belong into private subnets, in the tier job"
  }

  assert {
    condition = module.database.network == {
      subnet_ids         = toset(module.network.data_subnet_ids)
      security_group_ids = toset([module.network.security_group_ids.data])
    }
    error_message = "the database belongs into the subnets without a way out"
  }

  assert {
    condition = module.proxy.network == {
      subnet_ids         = toset(module.network.data_subnet_ids)
      security_group_ids = toset([module.network.security_group_ids.proxy])
    }
    error_message = "the proxy belongs into the subnets without a way out"
  }

  assert {
    condition = one(module.cache[*].network) == {
      subnet_ids         = toset(module.network.data_subnet_ids)
      security_group_ids = toset([module.network.security_group_ids.cache])
    }
    error_message = "the cache belongs into the subnets without a way out, in the tier cache"
  }

  assert {
    condition = one(module.rotation[*].network) == {
      subnet_ids = toset(module.network.app_subnet_ids), security_group_ids = toset([module.network.security_group_ids.function])
    }
    error_message = "the rotation belongs into private subnets, in the tier function"
  }

  assert {
    condition = module.edge.guarded == {
      deletion_protection = true, internal = false
      subnet_ids          = toset(module.network.public_subnet_ids), security_group_ids = toset([module.network.security_group_ids.edge])
    }
    error_message = "the load balancer belongs into the public subnets, in the tier edge, and must be hard to delete"
  }

  # --- starts tasks with what they need ------------------------------------------------------------------------------

  assert {
    condition = alltrue([for statements in concat(
      [module.service.statements], [module.jobs.statements.migrate, module.jobs.statements.import]
      ) :
      flatten([for s in statements.execution : s.Resource if s.Sid == "Image"]) == ["arn:aws:ecr:eu-west-1:123456789012:repository/whc"] &&
      contains(
        flatten(statements.execution[*].Action), "ecr:GetAuthorizationToken"
      ) && contains(flatten(statements.execution[*].Action), "ecr:BatchGetImage") &&
      contains(flatten(statements.execution[*].Action), "ecr:GetDownloadUrlForLayer")
    ])
    error_message = "whoever starts a task must be able to pull its image"
  }

  assert {
    condition = alltrue([for name, statements in module.jobs.statements :
      flatten([for s in statements.execution : s.Resource if contains(s.Action, "kms:Decrypt")]) == [module.key.arn] &&
      length(flatten([for s in statements.execution : s.Resource if contains(s.Action, "secretsmanager:GetSecretValue")])) > 0
    ])
    error_message = "whoever starts a one-off task must be able to read its secrets, which are encrypted"
  }

  assert {
    condition = { for name, statements in module.jobs.statements : name => toset(flatten([
      for s in statements.execution : s.Resource if contains(s.Action, "secretsmanager:GetSecretValue")
      ])) } == {
      migrate = toset([module.database.master_secret_arn])
      logins  = toset(concat([module.database.master_secret_arn], values(module.logins.arns)))
      import  = toset([module.logins.arns["whc_import"]])
    }
    error_message = "migrations log in as the master, imports as a writer, and only the task that makes logins reads all"
  }

  assert {
    condition = { for s in module.service.statements.task : s.Sid => "${join(" ", s.Action)} ${join(" ", s.Resource)}" } == {
      ReadItsLogins    = "secretsmanager:GetSecretValue ${module.logins.arns["whc_web"]} ${module.logins.arns["whc_web_desk"]}"
      DecryptItsLogins = "kms:Decrypt ${module.key.arn}"
      LogInToTheCache  = "elasticache:Connect ${join(" ", one(module.cache[*].connections).web.permissions.LogInToTheCache.resources)}"
    }
    error_message = "the service must read its own two logins, decrypt them, log in to the cache as itself, and do nothing else"
  }

  assert {
    condition = {
      for s in module.service.statements.execution : s.Sid => toset(s.Resource) if startswith(s.Sid, "Secrets")
      } == {
      Secrets = toset([
        var.tokens.keys_arn, module.session_keys.arn, "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/google-AbCdEf",
      ])
      SecretsKey = toset([module.key.arn])
    }
    error_message = "whoever starts the service must be able to read the keys of tokens and sessions and what is given by ARN, and no login"
  }

  assert {
    condition     = module.jobs.statements.migrate.task == [] && module.jobs.statements.logins.task == []
    error_message = "migrations need nothing of AWS"
  }

  # --- leads to the right database -----------------------------------------------------------------------------------

  assert {
    condition = module.proxy.leads_to == {
      cluster = module.database.identifier
      secrets = toset([module.logins.arns["whc_web"], module.logins.arns["whc_web_desk"]])
    }
    error_message = "the proxy must lead to our cluster, and know the service's two logins only"
  }

  assert {
    condition = { for e in module.service.containers[0].environment : e.name => e.value if startswith(e.name, "DB_") } == {
      DB_HOST             = module.proxy.host
      DB_PORT             = "5432"
      DB_NAME             = module.database.endpoint.name
      DB_SSLMODE          = "verify-full"
      DB_SECRET_ARN       = module.logins.arns["whc_web"]
      DB_WRITE_SECRET_ARN = module.logins.arns["whc_web_desk"]
    }
    error_message = "the service must log in through the proxy, encrypted: as a reader of sites, and as who keeps contacts"
  }

  assert {
    condition = { for e in module.jobs.containers.migrate[1].environment : e.name => e.value if startswith(e.name, "DB_") } == {
      DB_HOST        = module.database.endpoint.host
      DB_PORT        = "5432"
      DB_NAME        = module.database.endpoint.name
      DB_SSLMODE     = "verify-full"
      DB_SSLROOTCERT = "/authorities/rds.pem"
    }
    error_message = "migrations must go to the database itself: a lock lives in a session"
  }

  assert {
    condition = alltrue(
      [for containers in [module.service.containers[0], module.jobs.containers.migrate[1], module.jobs.containers.import[2]] :
        containers.image == var.image
      ]
    )
    error_message = "service, migration and import must be of one image"
  }

  # --- shares what is expensive --------------------------------------------------------------------------------------

  assert {
    condition = { for e in module.service.containers[0].environment : e.name => e.value if startswith(e.name, "VALKEY_") } == {
      VALKEY_HOST       = "mocked.serverless.euw1.cache.amazonaws.com"
      VALKEY_PORT       = "6379"
      VALKEY_USER       = "whc-prod-web"
      VALKEY_PREFIX     = "whc-prod-web"
      VALKEY_SSL        = "true"
      VALKEY_IAM_AUTH   = "true"
      VALKEY_CLUSTER_ID = "whc-prod"
    }
    error_message = "tasks must find the cache, log in with IAM, and keep to their own keys"
  }

  assert {
    condition     = one(module.cache[*].limits) == { gigabytes = 1, ecpu_per_second = 5000 }
    error_message = "what is shared must not cost without bounds"
  }

  # --- rotates every login and replaces the tasks --------------------------------------------------------------------

  assert {
    condition     = one(module.rotation[*].rotates) == merge(module.logins.arns, { session_keys = module.session_keys.arn })
    error_message = "a login whose password never changes, or keys that never do"
  }

  assert {
    condition = one(
      [for rotation in module.rotation :
        { for key in ["ECS_CLUSTER", "ECS_SERVICE", "DB_HOST", "MASTER_SECRET_ARN", "DB_SSLMODE"] :
          key => lookup(rotation.environment, key, null)
        }
      ]
      ) == {
      ECS_CLUSTER       = module.cluster.name, ECS_SERVICE = module.service.name, DB_HOST = module.database.endpoint.host
      MASTER_SECRET_ARN = module.database.master_secret_arn, DB_SSLMODE = "verify-full"
    }
    error_message = "the rotation must go to the database itself, as the master, and replace the tasks of the service"
  }

  assert {
    condition = flatten(
      [for s in module.rotation[0].statements : s.Resource if contains(s.Action, "ecs:UpdateService")]
    ) == [module.service.arn]
    error_message = "it must be allowed to replace that service, and no other"
  }

  assert {
    condition = toset(
      flatten([for s in module.rotation[0].statements : s.Resource if contains(s.Action, "secretsmanager:PutSecretValue")])
    ) == toset(concat(values(module.logins.arns), [module.session_keys.arn]))
    error_message = "it must write the logins and the keys, and nothing else"
  }

  # --- is hard to lose -----------------------------------------------------------------------------------------------

  assert {
    condition     = module.database.guarded == { deletion_protection = true, final_snapshot = true, backup_days = 14, encrypted = true }
    error_message = "the database must be locked, leave a snapshot, keep two weeks, and be encrypted"
  }

  assert {
    condition = (
      module.backup.covers == toset([module.database.arn]) &&
      module.backup.copies == { daily = true, weekly = true, monthly = true, yearly = true }
    )
    error_message = "the database must be backed up, and every backup copied to the other region"
  }

  assert {
    condition     = contains(module.key.uses, "logs.eu-west-1.amazonaws.com") && module.jobs.import_bucket_sse_algorithm == "aws:kms"
    error_message = "logs and files to import are encrypted with the key of the environment"
  }

  # --- stands behind the firewall ------------------------------------------------------------------------------------

  assert {
    condition     = module.waf.protects == module.edge.arn
    error_message = "the firewall must stand before the load balancer"
  }

  assert {
    condition = module.waf.blocks == {
      own     = toset(["rate"])
      managed = toset(["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"])
    }
    error_message = "rules that only count keep nobody out"
  }

  assert {
    condition = module.service.serves == {
      listener_arn = module.edge.https_listener_arn, priority = 100, hosts = toset([var.domain]), strategy = "BLUE_GREEN"
    }
    error_message = "the service must serve its domain, over TLS, and be replaced blue/green"
  }

  # --- is watched ----------------------------------------------------------------------------------------------------

  assert {
    condition = length(setsubtract([
      "whc-prod-sites-stale", "whc-prod-healthy-hosts", "whc-prod-canary", "whc-prod-log-errors", "whc-prod-alb-5xx",
      "whc-prod-target-5xx", "whc-prod-alb-p99",
      "whc-prod-unhealthy-blue", "whc-prod-unhealthy-green", "whc-prod-ecs-cpu", "whc-prod-ecs-memory", "whc-prod-db-cpu",
      "whc-prod-db-connections",
      "whc-prod-cache-evictions", "whc-prod-cache-throttles", "whc-prod-cache-connections", "whc-prod-cache-storage",
      "whc-prod-db-capacity", "whc-prod-db-replica-lag", "whc-prod-proxy-pinned", "whc-prod-rotation-errors", "whc-prod-rotation-throttles",
    ], module.operations.alarms)) == 0
    error_message = "something can fail unheard"
  }

  assert {
    condition     = module.operations.watched == { asks = "https://heritage.example/readyz", heard_by = toset(["ops@heritage.example"]) }
    error_message = "the canary must ask the name that clients use, and somebody must hear of it"
  }

  # --- keeps the database to itself ----------------------------------------------------------------------------------

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

  # --- serves through the proxy and migrates past it -----------------------------------------------------------------

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
      alltrue([for name in ["DB_SECRET_ARN", "DB_WRITE_SECRET_ARN"] :
        contains([for e in module.service.containers[0].environment : e.name], name)
      ]) && alltrue([for s in module.service.containers[0].secrets : !startswith(s.name, "DB_")])
    )
    error_message = "the service must ask for its logins itself, or it would not outlive a rotation"
  }

  # --- knows who asks ------------------------------------------------------------------------------------------------

  assert {
    condition     = lookup({ for e in module.service.containers[0].environment : e.name => e.value }, "WHC_ENV", null) == "production"
    error_message = "a service of the world must refuse DISABLE_AUTH"
  }

  assert {
    condition = (
      { for s in module.service.containers[0].secrets : s.name => s.valueFrom } == {
        AUTH_KEYS            = var.tokens.keys_arn
        SECRET_KEY_BASE      = module.session_keys.arn
        GOOGLE_CLIENT_SECRET = var.service_secrets.GOOGLE_CLIENT_SECRET
      } &&
      { for e in module.service.containers[0].environment : e.name => e.value if startswith(e.name, "AUTH_") } == {
        AUTH_ISSUER = "https://login.example", AUTH_AUDIENCE = "whc", AUTH_DEFAULT_SCOPES = "contacts:read"
      }
    )
    error_message = "the service must get the keys of tokens by ARN, and be told what else tokens must say"
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

  # --- encrypts and logs ---------------------------------------------------------------------------------------------

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

  # --- takes functions by their commit -------------------------------------------------------------------------------

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

  # --- is built as its price says --------------------------------------------------------------------------------------

  assert {
    condition     = module.network.built == { nat_gateways = 2, logged = "ALL" }
    error_message = "ways out: one in each zone"
  }

  assert {
    condition     = module.operations.budget_counts == "user:environment$prod"
    error_message = "the budget must count this environment"
  }

  assert {
    condition     = module.dns.leads_to == toset([module.edge.alias.dns_name])
    error_message = "the name of the service must lead to its load balancer"
  }

  assert {
    condition     = module.logins.recovery_days == toset([30])
    error_message = "a login that is deleted must be there to be had back"
  }

  assert {
    condition     = module.cluster.insights == "enabled"
    error_message = "metrics per task: scaling by requests needs them"
  }

  assert {
    condition = { for e in module.service.containers[0].environment : e.name => e.value
      if contains(["PUBLIC_URL", "SNAPSHOT_START", "LOG_FORMAT"], e.name)
      } == {
      PUBLIC_URL = "https://${var.domain}", SNAPSHOT_START = "fail", LOG_FORMAT = "json"
    }
    error_message = "links must begin with the domain, alarms read JSON, and a task that cannot read its database must fail its deployment"
  }

  assert {
    condition     = module.backup.copied_to == var.copy_region
    error_message = "backups must be copied to the other region"
  }
}
