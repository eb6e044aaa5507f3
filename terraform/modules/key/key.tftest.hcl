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

run "refuses_a_publisher_that_is_no_service" {
  command = plan

  variables {
    publishers = ["arn:aws:iam::999999999999:root"]
  }

  expect_failures = [var.publishers]
}
