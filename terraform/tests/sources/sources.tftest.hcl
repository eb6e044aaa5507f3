# A change that fails here is perhaps right: then say so here, where it is seen.

run "nobody_new_may_talk" {
  command = plan

  assert {
    condition = local.who_may_talk == sort([
      "modules/network aws_default_security_group.closed",
      "modules/network aws_internet_gateway.this",
      "modules/network aws_nat_gateway.this",
      "modules/network aws_route.app_to_internet",
      "modules/network aws_route.public_to_internet",
      "modules/network aws_route_table.app",
      "modules/network aws_route_table.data",
      "modules/network aws_route_table.public",
      "modules/network aws_route_table_association.app",
      "modules/network aws_route_table_association.data",
      "modules/network aws_route_table_association.public",
      "modules/network aws_security_group.tier",
      "modules/network aws_vpc_endpoint.interface",
      "modules/network aws_vpc_endpoint.s3",
      "modules/network aws_vpc_security_group_egress_rule.flow",
      "modules/network aws_vpc_security_group_egress_rule.https_out",
      "modules/network aws_vpc_security_group_ingress_rule.cloudfront_to_edge",
      "modules/network aws_vpc_security_group_ingress_rule.flow",
      "modules/network aws_vpc_security_group_ingress_rule.internet_to_edge",
      "modules/serverless aws_apigatewayv2_route.this",
    ])
    error_message = "a rule or a route that the table of flows does not know: ${join(", ", local.who_may_talk)}"
  }

  assert {
    condition = length(
      [for path, text in local.files : path if can(regex("(?m)^\\s*(dynamic\\s+\"(in|e)gress\"|(in|e)gress\\s*[{=])", text))]
    ) == 0
    error_message = "a security group with rules of its own, past the table of flows"
  }
}

run "nobody_new_may_do_anything" {
  command = plan

  assert {
    condition = local.who_may_do == sort([
      "modules/bucket aws_s3_bucket_ownership_controls.this",
      "modules/bucket aws_s3_bucket_policy.this",
      "modules/bucket aws_s3_bucket_public_access_block.this",
      "modules/cache aws_elasticache_user.nobody",
      "modules/cache aws_elasticache_user.this",
      "modules/cache aws_elasticache_user_group.this",
      "modules/cdn aws_cloudfront_cache_policy.this",
      "modules/role aws_iam_role.this",
      "modules/role aws_iam_role_policy.this",
      "modules/role aws_iam_role_policy_attachment.this",
      "modules/rotation aws_lambda_permission.secrets_manager",
      "modules/serverless aws_lambda_permission.api",
      "modules/service aws_appautoscaling_policy.cpu",
      "modules/service aws_appautoscaling_policy.requests",
      "modules/topic aws_sns_topic_policy.this",
      "modules/waf aws_wafv2_web_acl.this",
      "shared aws_ecr_lifecycle_policy.this",
      "shared aws_iam_openid_connect_provider.github",
      "shared aws_iam_policy.boundary",
      "shared aws_iam_policy.github",
      "shared aws_iam_role.github",
      "shared aws_iam_role_policy_attachment.github",
    ])
    error_message = "rights come from the module role, policies of buckets and topics, and shared alone: ${join(", ", local.who_may_do)}"
  }

  assert {
    condition = length(
      [for resource in local.resources :
        resource.folder
        if startswith(resource.folder, "environments/") || startswith(resource.folder, "examples/")
      ]
    ) == 0
    error_message = "environments put modules together; what they make themselves no test of a module sees"
  }
}

run "ignores_what_others_decide_and_nothing_else" {
  command = plan

  assert {
    condition = local.ignored == {
      "modules/aurora aws_rds_cluster.this"       = "[snapshot_identifier]"
      "modules/service aws_ecs_service.this"      = "[task_definition, desired_count]"
      "modules/service aws_lb_listener_rule.this" = "[action]"
    }
    error_message = "terraform/operate, autoscaling and ECS decide these; all else must be as written: ${jsonencode(local.ignored)}"
  }
}

run "keeps_states_apart_locked_and_encrypted" {
  command = plan

  assert {
    condition = local.states == {
      shared              = "shared.tfstate"
      "environments/demo" = "demo.tfstate"
      "environments/prod" = "prod.tfstate"
    }
    error_message = "every state must have a file of its own, be locked while somebody applies, and encrypted: ${jsonencode(local.states)}"
  }

  assert {
    condition     = local.tags == { shared = "shared", "environments/demo" = "demo", "environments/prod" = "prod" }
    error_message = "the rights of workflows go by the tag environment, so everything must have it: ${jsonencode(local.tags)}"
  }
}

run "encrypts_every_log" {
  command = plan

  assert {
    condition = alltrue([for resource in local.resources : can(
      regex("(?m)^\\s*kms_key_id\\s+= (var\\.kms_key_arn|var\\.scope == \"CLOUDFRONT\" \\? null : var\\.kms_key_arn)$", resource.body)
      )
      if startswith(resource.name, "aws_cloudwatch_log_group.")
    ])
    error_message = "a log group without the key of its environment"
  }

  assert {
    condition = alltrue(
      [for resource in local.resources :
        can(regex("(?m)^\\s*retention_in_days\\s+= ", resource.body))
        if startswith(resource.name, "aws_cloudwatch_log_group.")
      ]
    )
    error_message = "a log that is kept for ever"
  }
}

run "wires_every_module_of_an_environment" {
  command = plan

  assert {
    condition     = length(local.miswired) == 0
    error_message = "these calls must pass the key of the environment and its boundary: ${join(", ", local.miswired)}"
  }

  assert {
    condition     = local.unused == []
    error_message = "modules that no environment and no test puts to use: ${join(", ", local.unused)}"
  }
}

run "waits_for_what_must_be_there" {
  command = plan

  assert {
    condition     = local.waits == local.should_wait
    error_message = "what uses these outputs would come too early: ${jsonencode(setsubtract(local.should_wait, local.waits))}"
  }
}

run "keeps_no_secret" {
  command = plan

  assert {
    condition = length(
      [for path, text in local.files :
        path
        if can(
          regex("(?m)^\\s*(master_password|password|secret_string|secret_binary|auth_token)\\s+=[^=]", text)
        ) && path != "modules/secret/main.tf"
      ]
    ) == 0
    error_message = "a password that is an ordinary argument is in the state"
  }

  assert {
    condition = (
      !can(regex("(?m)^\\s*secret_string\\s+=", local.files["modules/secret/main.tf"])) &&
      can(regex("(?m)^ephemeral \"random_password\"", local.files["modules/secret/main.tf"]))
    )
    error_message = "the first password must be ephemeral and write-only"
  }

  assert {
    condition     = alltrue([for resource in local.resources : !startswith(resource.name, "random_password")])
    error_message = "a password that Terraform makes and keeps"
  }
}

run "is_one_style" {
  command = plan

  assert {
    condition     = length(local.long) == 0
    error_message = "lines of more than 140 characters: ${join(", ", local.long)}"
  }

  assert {
    condition = length(
      distinct(
        [for path, text in local.files :
          text
          if endswith(path, "/versions.tf") && startswith(path, "modules/") && !strcontains(text, "hashicorp/random")
        ]
      )
    ) == 1
    error_message = "modules must ask for the same versions"
  }
}
