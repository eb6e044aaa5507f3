mock_provider "aws" {
  source = "../tests"
}

# Told apart from the other buckets, which are all called the same.
override_resource {
  target = module.packages_bucket.aws_s3_bucket.this
  values = { arn = "arn:aws:s3:::whc-packages-123456789012" }
}

override_resource {
  target = module.trail_bucket.aws_s3_bucket.this
  values = { arn = "arn:aws:s3:::whc-trail-123456789012" }
}

variables {
  github_repository     = "heritage/whc"
  github_repository_ids = { owner = "123456", repository = "456789" }
  environments          = { demo = { domain = "demo.heritage.example" }, prod = { domain = "heritage.example" } }
}

run "trusts_one_repository_and_environment" {
  assert {
    condition = {
      for purpose, role in aws_iam_role.github : purpose =>
      try(jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"], null)
      } == {
      shared              = ["repo:heritage@123456/whc@456789:environment:shared"]
      registry            = ["repo:heritage@123456/whc@456789:environment:registry"]
      infrastructure-demo = ["repo:heritage@123456/whc@456789:environment:demo"]
      infrastructure-prod = ["repo:heritage@123456/whc@456789:environment:prod"]
      deploy-demo         = ["repo:heritage@123456/whc@456789:environment:demo"]
      deploy-prod         = ["repo:heritage@123456/whc@456789:environment:prod"]
      plan-shared         = ["repo:heritage@123456/whc@456789:environment:shared-plan"]
      plan-demo           = ["repo:heritage@123456/whc@456789:environment:demo-plan"]
      plan-prod           = ["repo:heritage@123456/whc@456789:environment:prod-plan"]
      pull-request        = ["repo:heritage@123456/whc@456789:pull_request"]
    }
    error_message = "a role may be taken on from its own environment of this repository only"
  }

  assert {
    condition = alltrue([for role in aws_iam_role.github : alltrue([for statement in jsondecode(role.assume_role_policy).Statement :
      statement.Action == "sts:AssumeRoleWithWebIdentity" && keys(statement.Condition) == ["StringEquals"] &&
      statement.Principal == { Federated = aws_iam_openid_connect_provider.github.arn } &&
      try(statement.Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com", false)
    ])])
    error_message = "every role must be taken on by a token of GitHub made for AWS, compared to the letter, and in no other way"
  }
}

run "trusts_github_alone" {
  command = plan

  assert {
    condition = (
      aws_iam_openid_connect_provider.github.url == "https://token.actions.githubusercontent.com" &&
      aws_iam_openid_connect_provider.github.client_id_list == toset(["sts.amazonaws.com"])
    )
    error_message = "tokens of GitHub, made for AWS, and no others"
  }
}

run "trusts_a_repository_with_the_older_subjects" {
  command = plan

  variables {
    github_repository_ids = null
    github_subjects       = ["names"]
  }

  assert {
    condition     = local.subject_prefixes == ["repo:heritage/whc"]
    error_message = "repositories from before July 2026 that were not renamed still send their names"
  }
}

run "trusts_both_while_a_repository_goes_over" {
  command = plan

  variables {
    github_subjects = ["names", "ids"]
  }

  assert {
    condition     = local.subject_prefixes == ["repo:heritage@123456/whc@456789", "repo:heritage/whc"]
    error_message = "both, and nothing wider"
  }
}

run "refuses_ids_that_nobody_gave" {
  command = plan

  variables {
    github_repository_ids = null
  }

  expect_failures = [var.github_subjects]
}

run "refuses_a_wildcard_for_an_id" {
  command = plan

  variables {
    github_repository_ids = { owner = "*", repository = "456789" }
  }

  expect_failures = [var.github_repository_ids]
}

run "gives_workflows_no_way_up" {
  assert {
    condition = alltrue([for name, policy in aws_iam_policy.github : !anytrue(flatten([
      for s in jsondecode(policy.policy).Statement : [for action in s.Action :
        s.Effect == "Allow" && contains(["*", "iam:*", "sts:*"], action)
      ]
    ]))])
    error_message = "no policy may allow everything, or all of IAM"
  }

  assert {
    condition = alltrue([for name in ["foundations-demo", "foundations-prod"] : alltrue([
      for s in jsondecode(aws_iam_policy.github[name].policy).Statement : can(s.Condition.StringEquals["iam:PermissionsBoundary"])
      if contains(s.Action, "iam:CreateRole") || contains(s.Action, "iam:PutRolePolicy") || contains(s.Action, "iam:AttachRolePolicy")
    ])])
    error_message = "a workflow may make roles and give them rights only within the boundary"
  }

  assert {
    condition = !anytrue(flatten([for boundary in aws_iam_policy.boundary : [
      for s in jsondecode(boundary.policy).Statement : s.Effect == "Allow" && anytrue(
        [for a in s.Action : a == "*" || startswith(a, "iam:") && a != "iam:PassRole"]
      )
    ]]))
    error_message = "the boundary must not hold IAM"
  }

  assert {
    condition = (
      contains(keys(local.attachments), "infrastructure-prod guard-prod") &&
      contains(flatten(local.guard_statements[*].Action), "rds:DeleteDBCluster")
    )
    error_message = "a workflow must not be able to delete a database"
  }
}

run "fits_into_what_iam_takes" {
  assert {
    condition = alltrue(
      [for policy in concat(values(aws_iam_policy.github), values(aws_iam_policy.boundary)) : length(policy.policy) <= 6144]
    )
    error_message = "IAM takes policies of 6144 characters at the most"
  }
}

run "keeps_images_as_they_are" {
  command = plan

  assert {
    condition = (
      aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" &&
      one(aws_ecr_repository.this.image_scanning_configuration).scan_on_push
    )
    error_message = "a tag must never move, and images must be scanned"
  }
}

run "keeps_packages_as_they_are" {
  assert {
    condition = [for s in jsondecode(aws_iam_policy.github["registry"].policy).Statement :
      s
      if anytrue([for a in s.Action : startswith(a, "s3:")])
      ] == [{
        Sid       = "PutPackages"
        Effect    = "Allow"
        Action    = ["s3:PutObject"]
        Resource  = ["${module.packages_bucket.arn}/*"]
        Condition = { Null = { "s3:if-none-match" = "false" } }
    }]
    error_message = "who uploads packages must be able to add one, and to replace or read none"
  }

  assert {
    condition = alltrue([for name in keys(var.environments) : toset(flatten([
      for s in local.infrastructure_statements[name] : s.Action if contains(s.Resource, "${module.packages_bucket.arn}/*")
    ])) == toset(["s3:GetObject"])])
    error_message = "who applies an environment must be able to read packages, and no more"
  }

  assert {
    condition     = module.packages_bucket.sse_algorithm == "AES256"
    error_message = "with a key, everybody who deploys would need a right to it"
  }
}

run "audits_everything" {
  assert {
    condition = (
      aws_cloudtrail.this.is_multi_region_trail &&
      aws_cloudtrail.this.enable_log_file_validation &&
      aws_cloudtrail.this.kms_key_id == module.trail_key.arn
    )
    error_message = "the trail must be of all regions, validated and encrypted"
  }

  assert {
    condition     = aws_cloudtrail.this.include_global_service_events && coalesce(aws_cloudtrail.this.enable_logging, true)
    error_message = "the trail must be on, and have what is done in IAM"
  }

  assert {
    condition = [for s in jsondecode(module.trail_key.policy).Statement : s.Condition if contains(flatten([s.Action]), "kms:Decrypt")] == [
      { StringEquals = { "aws:SourceArn" = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/whc" } }
    ]
    error_message = "CloudTrail must be able to decrypt with the key, or the trail cannot be made; for this trail alone"
  }

  assert {
    condition = toset(
      [for s in jsondecode(module.trail_bucket.policy).Statement :
        "${s.Action} ${s.Condition.ArnLike["aws:SourceArn"]}"
        if s.Effect == "Allow"
      ]
      ) == toset([
        "s3:PutObject arn:aws:cloudtrail:eu-west-1:123456789012:trail/whc",
        "s3:GetBucketAcl arn:aws:cloudtrail:eu-west-1:123456789012:trail/whc",
    ])
    error_message = "only this trail may write into its bucket"
  }

  assert {
    condition     = module.state_bucket.sse_algorithm == "aws:kms"
    error_message = "the state must be encrypted with our key"
  }

  assert {
    condition     = module.state_bucket.expires == toset(["expire plans/: 14"]) && length(module.packages_bucket.expires) == 0
    error_message = "states and packages must stay, plans must not"
  }
}

run "refuses_an_environment_with_the_name_of_a_shared_bucket" {
  command = plan

  variables {
    environments = { demo = { domain = "demo.heritage.example" }, trail = { domain = "heritage.example" } }
  }

  expect_failures = [var.environments]
}

run "refuses_a_wildcard_for_a_repository" {
  command = plan

  variables {
    github_repository = "heritage/*"
  }

  expect_failures = [var.github_repository]
}

run "refuses_an_environment_that_would_reach_another" {
  command = plan

  variables {
    environments = { prod = { domain = "heritage.example" }, production = { domain = "www.heritage.example" } }
  }

  expect_failures = [var.environments]
}

run "refuses_two_environments_of_one_domain" {
  command = plan

  variables {
    environments = { demo = { domain = "heritage.example" }, prod = { domain = "heritage.example" } }
  }

  expect_failures = [var.environments]
}
