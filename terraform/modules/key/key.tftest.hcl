mock_provider "aws" {
  source = "../../tests"
}

variables {
  name          = "whc-test"
  description   = "Test"
  encrypts_logs = true
  publishers    = ["cloudwatch.amazonaws.com"]
}

run "rotates_and_lives_long" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "the key must rotate, and its deletion must leave a month to notice"
  }
}

run "names_who_may_use_it" {
  command = plan

  assert {
    condition = [for s in jsondecode(aws_kms_key.this.policy).Statement : s.Principal if s.Sid == "PublisherCloudwatchAmazonawsCom"] == [
      { Service = "cloudwatch.amazonaws.com" }
    ]
    error_message = "alarms must be able to publish to a topic encrypted with this key"
  }

  assert {
    condition = alltrue([for s in jsondecode(aws_kms_key.this.policy).Statement :
      s.Sid == "AccountDecidesByIam" || can(s.Condition)
    ])
    error_message = "a service may use the key only for this account"
  }

  assert {
    condition = alltrue([for s in jsondecode(aws_kms_key.this.policy).Statement :
      s.Principal != "*" && try(s.Principal.AWS, "") != "*"
    ])
    error_message = "nobody outside the account may use the key"
  }
}

run "lets_a_trail_write_through_a_bucket_key" {
  command = plan

  variables {
    trail_arn = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/whc-test"
  }

  assert {
    condition = [for s in jsondecode(aws_kms_key.this.policy).Statement : s if s.Sid == "Trail"] == [{
      Sid       = "Trail"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = ["kms:GenerateDataKey*", "kms:Decrypt", "kms:DescribeKey"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceArn" = var.trail_arn } }
    }]
    error_message = "without kms:Decrypt a trail into a bucket with an S3 Bucket Key cannot be made; without the ARN any trail could use the key"
  }
}

run "refuses_a_publisher_that_is_no_service" {
  command = plan

  variables {
    publishers = ["arn:aws:iam::999999999999:root"]
  }

  expect_failures = [var.publishers]
}
