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

run "lets_nobody_else_in" {
  command = plan

  variables {
    trail_arn = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/whc-test"
  }

  assert {
    condition = { for s in jsondecode(aws_kms_key.this.policy).Statement :
      s.Sid => "${s.Effect} ${jsonencode(s.Principal)} ${join(" ", flatten([s.Action]))}"
      } == {
      AccountDecidesByIam = "Allow {\"AWS\":\"arn:aws:iam::123456789012:root\"} kms:*"
      LogGroups = join(" ", [
        "Allow {\"Service\":\"logs.eu-west-1.amazonaws.com\"} kms:Encrypt* kms:Decrypt* kms:ReEncrypt* kms:GenerateDataKey*",
        "kms:Describe*",
      ])
      PublisherCloudwatchAmazonawsCom = "Allow {\"Service\":\"cloudwatch.amazonaws.com\"} kms:Decrypt kms:GenerateDataKey*"
      Trail                           = "Allow {\"Service\":\"cloudtrail.amazonaws.com\"} kms:GenerateDataKey* kms:Decrypt kms:DescribeKey"
    }
    error_message = "the account, and the services that were named, each with what it needs"
  }

  assert {
    condition = { for s in jsondecode(aws_kms_key.this.policy).Statement : s.Sid => jsonencode(s.Condition) if can(s.Condition) } == {
      LogGroups = jsonencode(
        { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-1:123456789012:*" } }
      )
      PublisherCloudwatchAmazonawsCom = jsonencode(
        { ArnLike = { "kms:EncryptionContext:aws:sns:topicArn" = "arn:aws:sns:eu-west-1:123456789012:*" } }
      )
      Trail = jsonencode({ StringEquals = { "aws:SourceArn" = var.trail_arn } })
    }
    error_message = "a service may use the key for this account's logs, topics and trail only"
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
    error_message = "without kms:Decrypt no trail can be made into a bucket with a bucket key; without the ARN any trail could use the key"
  }
}

run "refuses_a_publisher_that_is_no_service" {
  command = plan

  variables {
    publishers = ["arn:aws:iam::999999999999:root"]
  }

  expect_failures = [var.publishers]
}
