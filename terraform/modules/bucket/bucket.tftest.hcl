mock_provider "aws" {
  source = "../../tests"
}

variables {
  name              = "whc-test-logs"
  expire_after_days = 90
  writers = [
    { service = "logdelivery.elasticloadbalancing.amazonaws.com", prefix = "alb/" },
    { service = "cloudtrail.amazonaws.com", source_arn = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/whc", reads_acl = true },
  ]
}

run "is_private" {
  command = plan

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "nothing in the bucket may become public"
  }

  assert {
    condition = anytrue([for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      s.Effect == "Deny" && try(s.Condition.Bool["aws:SecureTransport"], "") == "false"
    ])
    error_message = "plain HTTP must be refused"
  }

  assert {
    condition = alltrue([for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      s.Effect == "Deny" || can(s.Condition.ArnLike["aws:SourceArn"]) || endswith(
        join(" ", flatten([s.Resource])), "/AWSLogs/123456789012/*"
      )
    ])
    error_message = "a service may write only on behalf of what it is named with, or below the name of our account"
  }
}

run "keeps_versions" {
  command = plan

  assert {
    condition = (
      one(aws_s3_bucket_versioning.this.versioning_configuration).status == "Enabled" &&
      aws_s3_bucket.this.force_destroy == false
    )
    error_message = "what was overwritten or deleted must be there to be taken back"
  }

  assert {
    condition     = one(aws_s3_bucket_ownership_controls.this.rule).object_ownership == "BucketOwnerEnforced"
    error_message = "no access lists: the policy alone decides"
  }

  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.this.rule).noncurrent_version_expiration).noncurrent_days == 30
    error_message = "old versions must stay for a month"
  }
}

run "allows_only_what_it_names" {
  command = plan

  assert {
    condition = [for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      "${s.Sid} ${s.Effect} ${jsonencode(s.Principal)} ${s.Action}"
      ] == [
      "TlsOnly Deny \"*\" s3:*",
      "Put0 Allow {\"Service\":\"logdelivery.elasticloadbalancing.amazonaws.com\"} s3:PutObject",
      "Put1 Allow {\"Service\":\"cloudtrail.amazonaws.com\"} s3:PutObject",
      "Acl1 Allow {\"Service\":\"cloudtrail.amazonaws.com\"} s3:GetBucketAcl",
    ]
    error_message = "only services that were named may write, and nobody else may do anything"
  }
}

run "encrypts_without_a_key" {
  command = plan

  assert {
    condition     = output.sse_algorithm == "AES256"
    error_message = "without a key it must be SSE-S3"
  }
}

run "encrypts_with_a_key" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  }

  assert {
    condition     = output.sse_algorithm == "aws:kms"
    error_message = "a key that is given must be used"
  }
}

run "forgets" {
  command = plan

  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.this.rule).expiration).days == 90
    error_message = "objects must expire"
  }
}

run "forgets_some_sooner" {
  command = plan

  variables {
    expire_after_days = null
    expire_below      = { "plans/" = 14 }
  }

  assert {
    condition = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      "${rule.id}: ${one(rule.filter).prefix}, ${one(rule.expiration).days}" if length(rule.expiration) > 0
    ] == ["expire plans/: plans/, 14"]
    error_message = "only what is below the prefix may expire"
  }
}

run "refuses_a_prefix_that_is_no_folder" {
  command = plan

  variables {
    writers = [{ service = "cloudtrail.amazonaws.com", source_arn = "arn:aws:cloudtrail:*", prefix = "trail" }]
  }

  expect_failures = [var.writers]
}
