# Who reaches whom: every kind of thing an environment is made of, asked of the policies of each role, in both directions.

mock_provider "aws" {
  source = "../tests"
}

variables {
  github_repository     = "heritage/whc"
  github_repository_ids = { owner = "123456", repository = "456789" }
  environments          = { demo = { domain = "demo.heritage.example" }, prod = { domain = "heritage.example" } }
}

# Told apart from the other buckets, which are all called the same.
override_resource {
  target = module.state_bucket.aws_s3_bucket.this
  values = { arn = "arn:aws:s3:::whc-state-123456789012" }
}

run "roles" {}

run "demo_reaches_demo" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["infrastructure-demo"]
    name     = "demo"
    domain   = "demo.heritage.example"
  }

  assert {
    condition     = output.out_of_reach == "" && output.destroyed == ""
    error_message = "who applies demo must be able to change all of it, and to destroy no data"
  }
}

run "demo_does_not_reach_prod" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["infrastructure-demo"]
    name     = "prod"
    domain   = "heritage.example"
  }

  assert {
    condition     = output.changed == "" && output.destroyed == ""
    error_message = "demo must not touch prod"
  }
}

run "prod_reaches_prod" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["infrastructure-prod"]
    name     = "prod"
    domain   = "heritage.example"
  }

  assert {
    condition     = output.out_of_reach == "" && output.destroyed == ""
    error_message = "who applies prod must be able to change all of it, and to destroy no data"
  }
}

run "prod_does_not_reach_demo" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["infrastructure-prod"]
    name     = "demo"
    domain   = "demo.heritage.example"
  }

  assert {
    condition     = output.changed == "" && output.destroyed == ""
    error_message = "prod must not touch demo, its names below the same domain included"
  }
}

run "deployments_replace_their_own_service" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["deploy-prod"]
    name     = "prod"
    domain   = "heritage.example"
  }

  assert {
    condition     = output.changed == "passing service" && output.destroyed == ""
    error_message = "who deploys must be able to replace the service and nothing else"
  }
}

run "deployments_of_demo_do_not_reach_prod" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["deploy-demo"]
    name     = "prod"
    domain   = "heritage.example"
  }

  assert {
    condition     = output.changed == "" && output.destroyed == ""
    error_message = "demo must not touch prod"
  }
}

run "deployments_of_prod_do_not_reach_demo" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["deploy-prod"]
    name     = "demo"
    domain   = "demo.heritage.example"
  }

  assert {
    condition     = output.changed == "" && output.destroyed == ""
    error_message = "prod must not touch demo"
  }
}

run "requests_of_one_environment_for_another" {
  module {
    source = "../tests/iam"
  }

  variables {
    policies = concat(run.roles.policies["infrastructure-demo"], run.roles.policies["deploy-demo"])
    requests = {
      # A resource made by demo in the name of prod, or a new one under a name of prod.
      tag_of_prod = {
        action   = "ec2:CreateVpc"
        resource = "arn:aws:ec2:eu-west-1:123456789012:vpc/*"
        context  = { "aws:RequestedRegion" = "eu-west-1", "aws:RequestTag/environment" = "prod" }
      }
      name_of_prod = {
        action   = "ecs:CreateService"
        resource = "arn:aws:ecs:eu-west-1:123456789012:service/whc-prod/whc-prod-web"
        context  = { "aws:RequestTag/environment" = "demo" }
      }
      # A task of demo in the cluster of prod.
      task_of_prod = {
        action   = "ecs:RunTask"
        resource = "arn:aws:ecs:eu-west-1:123456789012:task-definition/whc-prod-migrate:7"
        context  = { "ecs:cluster" = "arn:aws:ecs:eu-west-1:123456789012:cluster/whc-prod" }
      }
      # A key of what is shared, made its own by a tag.
      tag_of_state_key = {
        action   = "kms:TagResource"
        resource = "arn:aws:kms:eu-west-1:123456789012:key/1"
        context  = { "aws:RequestedRegion" = "eu-west-1", "aws:ResourceTag/environment" = "shared", "aws:RequestTag/environment" = "demo" }
      }
      state_key = {
        action   = "kms:PutKeyPolicy"
        resource = "arn:aws:kms:eu-west-1:123456789012:key/1"
        context  = { "aws:RequestedRegion" = "eu-west-1", "aws:ResourceTag/environment" = "shared" }
      }
      # Roles handed to a service that would do whatever it is told.
      passing_to_ec2 = {
        action   = "iam:PassRole"
        resource = "arn:aws:iam::123456789012:role/whc/whc-demo-web-task"
        context  = { "iam:PassedToService" = "ec2.amazonaws.com" }
      }
      # States, packages and the registry.
      state_of_prod   = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/prod.tfstate" }
      state_of_shared = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/shared.tfstate" }
      package         = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-packages-123456789012/0123abc/whc-lambda.zip" }
      image           = { action = "ecr:PutImage", resource = "arn:aws:ecr:eu-west-1:123456789012:repository/whc" }
      # Ways up: a role without the boundary, one of prod, one of the workflows', a user.
      unbounded = { action = "iam:CreateRole", resource = "arn:aws:iam::123456789012:role/whc/whc-demo-x" }
      unbounding = {
        action   = "iam:CreateRole"
        resource = "arn:aws:iam::123456789012:role/whc/whc-demo-x"
        context  = { "iam:PermissionsBoundary" = "arn:aws:iam::123456789012:policy/whc/whc-boundary-prod" }
      }
      role = {
        action   = "iam:CreateRole"
        resource = "arn:aws:iam::123456789012:role/whc/whc-prod-x"
        context  = { "iam:PermissionsBoundary" = "arn:aws:iam::123456789012:policy/whc/whc-boundary-prod" }
      }
      workflow = { action = "iam:PutRolePolicy", resource = "arn:aws:iam::123456789012:role/whc-github-deploy-demo" }
      user     = { action = "iam:CreateUser", resource = "arn:aws:iam::123456789012:user/x" }
      taken_on = { action = "sts:AssumeRole", resource = "arn:aws:iam::123456789012:role/whc-github-deploy-prod" }
      elsewhere = {
        action   = "ec2:RunInstances"
        resource = "arn:aws:ec2:ap-south-1:123456789012:instance/*"
        context  = { "aws:RequestedRegion" = "ap-south-1" }
      }
    }
  }

  assert {
    condition     = length(output.allowed) == 0
    error_message = "demo must not reach what is prod's or shared, nor give itself rights"
  }
}

run "no_role_that_demo_makes_reaches_prod" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = [run.roles.permissions_boundaries["demo"].policy]
    name     = "prod"
    domain   = "heritage.example"
  }

  assert {
    condition     = output.changed == ""
    error_message = "a role within the boundary, whatever else it is given, must not reach another environment"
  }
}

run "no_role_that_prod_makes_reaches_demo" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = [run.roles.permissions_boundaries["prod"].policy]
    name     = "demo"
    domain   = "demo.heritage.example"
  }

  assert {
    condition     = output.changed == ""
    error_message = "a role within the boundary, whatever else it is given, must not reach another environment"
  }
}

run "roles_within_the_boundary" {
  module {
    source = "../tests/iam"
  }

  variables {
    policies = [run.roles.permissions_boundaries["demo"].policy]
    requests = {
      # What they need.
      own_login = {
        action   = "secretsmanager:GetSecretValue"
        resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-demo/whc_web-AbCdEf"
        context  = { "aws:ResourceTag/environment" = "demo" }
      }
      own_master = {
        action   = "secretsmanager:GetSecretValue"
        resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-AbCdEf"
        context  = { "aws:ResourceTag/aws:rds:primaryDBInstanceArn" = "arn:aws:rds:eu-west-1:123456789012:db:whc-demo" }
      }
      own_key = {
        action   = "kms:Decrypt"
        resource = "arn:aws:kms:eu-west-1:123456789012:key/1"
        context  = { "aws:ResourceTag/environment" = "demo" }
      }
      own_bucket = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-demo-import-123456789012/file" }
      image = {
        action   = "ecr:BatchGetImage"
        resource = "arn:aws:ecr:eu-west-1:123456789012:repository/whc"
        context  = { "aws:ResourceTag/environment" = "shared" }
      }
      own_cache = {
        action   = "elasticache:Connect"
        resource = "arn:aws:elasticache:eu-west-1:123456789012:user:whc-demo-web"
        context  = { "aws:ResourceTag/environment" = "demo" }
      }
      old_backup = {
        action   = "rds:DeleteDBClusterSnapshot"
        resource = "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:awsbackup:job-1"
        context  = { "aws:ResourceTag/environment" = "demo" }
      }
      # What they must not.
      state   = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/demo.tfstate" }
      package = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-packages-123456789012/0123abc/whc-lambda.zip" }
      trail   = { action = "s3:DeleteObject", resource = "arn:aws:s3:::whc-trail-123456789012/x" }
      login_of_prod = {
        action   = "secretsmanager:GetSecretValue"
        resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/whc_web-AbCdEf"
      }
      master_of_prod = {
        action   = "secretsmanager:GetSecretValue"
        resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-1-AbCdEf"
        context  = { "aws:ResourceTag/aws:rds:primaryDBClusterArn" = "arn:aws:rds:eu-west-1:123456789012:cluster:whc-prod" }
      }
      cache_of_prod = {
        action   = "elasticache:Connect"
        resource = "arn:aws:elasticache:eu-west-1:123456789012:user:whc-prod-web"
      }
      own_cache_away = {
        action   = "elasticache:DeleteServerlessCache"
        resource = "arn:aws:elasticache:eu-west-1:123456789012:serverlesscache:whc-demo"
        context  = { "aws:ResourceTag/environment" = "demo" }
      }
      own_database_away = {
        action   = "rds:DeleteDBInstance"
        resource = "arn:aws:rds:eu-west-1:123456789012:db:whc-demo"
        context  = { "aws:ResourceTag/environment" = "demo" }
      }
      role     = { action = "iam:CreateRole", resource = "arn:aws:iam::123456789012:role/whc/whc-demo-x" }
      taken_on = { action = "sts:AssumeRole", resource = "arn:aws:iam::123456789012:role/whc-github-deploy-prod" }
    }
  }

  assert {
    condition     = output.allowed == toset(["own_login", "own_master", "own_key", "own_bucket", "own_cache", "image", "old_backup"])
    error_message = "what services of an environment need, and nothing of another or of what is shared"
  }
}

run "plans_change_nothing" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["plan-prod"]
    name     = "prod"
    domain   = "heritage.example"
  }

  # A refresh reads logins, whose key is asked by way of Secrets Manager only.
  assert {
    condition     = output.changed == "login" && output.destroyed == ""
    error_message = "who plans must change nothing"
  }
}

run "plans_of_demo_do_not_reach_prod" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = run.roles.policies["plan-demo"]
    name     = "prod"
    domain   = "heritage.example"
  }

  assert {
    condition     = output.changed == "" && output.destroyed == ""
    error_message = "demo must not touch prod"
  }
}

run "pull_requests_read_states" {
  module {
    source = "../tests/iam"
  }

  variables {
    policies = run.roles.policies["pull-request"]
    requests = {
      state     = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/prod.tfstate" }
      write     = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/prod.tfstate" }
      lock      = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/prod.tfstate.tflock" }
      kept_plan = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/plans/prod/1" }
      keep      = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/plans/prod/1" }
      login = {
        action   = "secretsmanager:GetSecretValue"
        resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/whc_web-AbCdEf"
      }
      master = {
        action   = "secretsmanager:GetSecretValue"
        resource = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-1-AbCdEf"
      }
      image   = { action = "ecr:PutImage", resource = "arn:aws:ecr:eu-west-1:123456789012:repository/whc" }
      task    = { action = "ecs:RunTask", resource = "arn:aws:ecs:eu-west-1:123456789012:task-definition/whc-demo-migrate:1" }
      passing = { action = "iam:PassRole", resource = "arn:aws:iam::123456789012:role/whc/whc-demo-web-task" }
    }
  }

  assert {
    condition     = output.allowed == toset(["state"])
    error_message = "a pull request may read states and nothing else"
  }
}

run "plans_are_kept_by_one_role_and_taken_by_another" {
  module {
    source = "../tests/iam"
  }

  variables {
    policies = run.roles.policies["plan-prod"]
    requests = {
      keep          = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/plans/prod/1" }
      keep_of_demo  = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/plans/demo/1" }
      state         = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/prod.tfstate" }
      state_of_demo = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/demo.tfstate" }
      write         = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/prod.tfstate" }
    }
  }

  assert {
    condition     = output.allowed == toset(["keep", "state"])
    error_message = "who plans must keep plans of its own environment, and write no state"
  }
}

run "applies_take_plans_and_make_none" {
  module {
    source = "../tests/iam"
  }

  variables {
    policies = run.roles.policies["infrastructure-prod"]
    requests = {
      take         = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/plans/prod/1" }
      take_of_demo = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/plans/demo/1" }
      make         = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/plans/prod/1" }
      state        = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/prod.tfstate" }
      lock         = { action = "s3:PutObject", resource = "arn:aws:s3:::whc-state-123456789012/prod.tfstate.tflock" }
      of_demo      = { action = "s3:GetObject", resource = "arn:aws:s3:::whc-state-123456789012/demo.tfstate" }
    }
  }

  assert {
    condition     = output.allowed == toset(["take", "state", "lock"])
    error_message = "who applies must take a plan that was looked at, write its own state, and lock it"
  }
}

run "what_is_shared_reaches_no_environment" {
  module {
    source = "../tests/reach"
  }

  variables {
    policies = concat(run.roles.policies["shared"], run.roles.policies["registry"], run.roles.policies["plan-shared"])
    name     = "prod"
    domain   = "heritage.example"
  }

  assert {
    condition     = output.changed == "" && output.destroyed == ""
    error_message = "who applies what is shared must touch no environment"
  }
}

run "keys_can_be_made" {
  module {
    source = "../tests/iam"
  }

  variables {
    policies = run.roles.policies["infrastructure-demo"]
    requests = {
      make = { action = "kms:CreateKey", resource = "*", context = { "aws:RequestTag/environment" = "demo" } }
      tag = {
        action   = "kms:TagResource"
        resource = "arn:aws:kms:eu-west-1:123456789012:key/1"
        context  = { "aws:RequestTag/environment" = "demo" }
      }
      name = { action = "kms:CreateAlias", resource = "arn:aws:kms:eu-west-1:123456789012:alias/whc-demo" }
    }
  }

  assert {
    condition     = output.allowed == toset(["make", "tag", "name"])
    error_message = "an environment must be able to have keys"
  }
}
