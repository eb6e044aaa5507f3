mock_provider "aws" {
  source = "../../tests"
}

# Told apart, where the mocked provider calls all users the same.
override_resource {
  target = aws_elasticache_user.this["web"]
  values = { arn = "arn:aws:elasticache:eu-west-1:123456789012:user:whc-test-web" }
}

override_resource {
  target = aws_elasticache_user.this["lambda"]
  values = { arn = "arn:aws:elasticache:eu-west-1:123456789012:user:whc-test-lambda" }
}

variables {
  name              = "whc-test"
  users             = ["web", "lambda"]
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-cache"
  kms_key_arn       = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "is_closed_encrypted_and_bounded" {
  command = plan

  assert {
    condition = (
      aws_elasticache_serverless_cache.this.engine == "valkey" && aws_elasticache_serverless_cache.this.major_engine_version == "8" &&
      aws_elasticache_serverless_cache.this.kms_key_id == var.kms_key_arn
    )
    error_message = "it must be Valkey 8, encrypted with the key of the environment"
  }

  assert {
    condition = output.network == {
      subnet_ids = toset(["subnet-a", "subnet-b"]), security_group_ids = toset(["sg-cache"])
    }
    error_message = "it belongs into the subnets and the tier it is given, and nowhere else"
  }

  assert {
    condition = (
      one(one(aws_elasticache_serverless_cache.this.cache_usage_limits).data_storage).maximum == 1 &&
      one(one(aws_elasticache_serverless_cache.this.cache_usage_limits).data_storage).unit == "GB" &&
      one(one(aws_elasticache_serverless_cache.this.cache_usage_limits).ecpu_per_second).maximum == 5000
    )
    error_message = "without limits it grows, and its price with it"
  }

  assert {
    condition     = aws_elasticache_serverless_cache.this.snapshot_retention_limit == 0
    error_message = "a snapshot would bring back sessions that were ended"
  }
}

run "lets_in_users_with_their_own_keys_only" {
  assert {
    condition = output.access == {
      web     = "on ~whc-test-web:* -@all +@read +@write +@scripting +@connection +time -@dangerous"
      lambda  = "on ~whc-test-lambda:* -@all +@read +@write +@scripting +@connection +time -@dangerous"
      default = "off -@all"
    }
    error_message = "a user may do what the program does, with keys of its own, and who has not logged in may do nothing"
  }

  assert {
    condition = (
      aws_elasticache_serverless_cache.this.user_group_id == aws_elasticache_user_group.this.user_group_id &&
      aws_elasticache_user_group.this.user_ids == toset(["whc-test-nobody", "whc-test-web", "whc-test-lambda"]) &&
      aws_elasticache_user.nobody.user_name == "default"
    )
    error_message = "without its group the cache lets in everybody, and without our own default user so does the group"
  }

  assert {
    condition     = alltrue([for user in values(aws_elasticache_user.this) : user.user_id == user.user_name && user.engine == "valkey"])
    error_message = "tokens of IAM need an id and a name that are the same"
  }
}

run "logs_in_with_iam" {
  assert {
    condition = output.connections.web == {
      environment = {
        VALKEY_HOST       = "mocked.serverless.euw1.cache.amazonaws.com"
        VALKEY_PORT       = "6379"
        VALKEY_USER       = "whc-test-web"
        VALKEY_PREFIX     = "whc-test-web"
        VALKEY_SSL        = "true"
        VALKEY_IAM_AUTH   = "true"
        VALKEY_CLUSTER_ID = "whc-test"
      }
      permissions = {
        LogInToTheCache = {
          actions = ["elasticache:Connect"]
          resources = [
            "arn:aws:elasticache:eu-west-1:123456789012:serverlesscache:mocked",
            "arn:aws:elasticache:eu-west-1:123456789012:user:whc-test-web",
          ]
        }
      }
    }
    error_message = "the program must be told to make tokens, and be allowed to log in here as its own user, and as nobody else"
  }

  assert {
    condition = output.tokens == {} && alltrue([for user in values(aws_elasticache_user.this) :
      one(user.authentication_mode).type == "iam" && user.passwords_wo_version == null
    ])
    error_message = "with IAM there must be no password to know"
  }
}

run "logs_in_with_a_token" {
  variables {
    login = "token"
    users = ["web"]
  }

  assert {
    condition = (
      output.connections.web.environment == {
        VALKEY_HOST       = "mocked.serverless.euw1.cache.amazonaws.com"
        VALKEY_PORT       = "6379"
        VALKEY_USER       = "whc-test-web"
        VALKEY_PREFIX     = "whc-test-web"
        VALKEY_SSL        = "true"
        VALKEY_SECRET_ARN = output.tokens.web.secret_arn
      } &&
      { for sid, permission in output.connections.web.permissions : sid => permission.resources } == {
        ReadItsToken    = [output.tokens.web.secret_arn]
        DecryptItsToken = [var.kms_key_arn]
      }
    )
    error_message = "the program must ask for its own token itself, and for no other, or it would not outlive a rotation"
  }

  assert {
    condition = (
      aws_elasticache_user.this["web"].passwords_wo_version == 1 && aws_elasticache_user.this["web"].passwords == null &&
      length(aws_elasticache_user.this["web"].authentication_mode) == 0
    )
    error_message = "the user must have a password, which is in no state"
  }

  assert {
    condition     = output.tokens.web.user_arn == "arn:aws:elasticache:eu-west-1:123456789012:user:whc-test-web"
    error_message = "a rotation must know whose token it changes"
  }

  assert {
    condition     = module.token["web"].fields == { engine = "valkey", username = "whc-test-web" }
    error_message = "a rotation tells from the secret what it is for, and whom"
  }
}

run "refuses_another_login" {
  command = plan

  variables {
    login = "none"
  }

  expect_failures = [var.login]
}

run "refuses_to_name_a_user_default" {
  command = plan

  variables {
    users = ["default"]
  }

  expect_failures = [var.users]
}

run "refuses_limits_that_are_none" {
  command = plan

  variables {
    limits = { gigabytes = 0 }
  }

  expect_failures = [var.limits]
}

run "refuses_one_zone" {
  command = plan

  variables {
    subnet_ids = ["subnet-a"]
  }

  expect_failures = [var.subnet_ids]
}
