mock_provider "aws" {
  source = "../../tests"
}

variables {
  name   = "whc-test-alarms"
  emails = ["ops@heritage.example"]
}

run "can_be_published_to" {
  assert {
    condition = (
      aws_sns_topic.this.kms_master_key_id == module.key.arn &&
      contains([for s in jsondecode(module.key.policy).Statement : s.Sid], "PublisherCloudwatchAmazonawsCom")
    )
    error_message = "CloudWatch must be able to use the key of the topic, or alarms go nowhere"
  }

  assert {
    condition = toset(
      flatten([for s in jsondecode(aws_sns_topic_policy.this.policy).Statement : s.Principal.Service if s.Action == "sns:Publish"])
      ) == toset([
        "cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com",
    ])
    error_message = "those who tell of something must be allowed to publish, and nobody else"
  }

  assert {
    condition     = output.heard_by == toset(["ops@heritage.example"]) && output.encrypted
    error_message = "the topic must reach somebody, and be encrypted with our key"
  }
}

run "lives_where_its_alarms_do" {
  command = plan

  variables {
    region = "us-east-1"
  }

  assert {
    condition = (
      aws_sns_topic.this.region == "us-east-1" &&
      aws_sns_topic_policy.this.region == "us-east-1" &&
      aws_sns_topic_subscription.email["ops@heritage.example"].region == "us-east-1"
    )
    error_message = "an alarm reaches a topic of its own region only"
  }
}

run "refuses_silence" {
  command = plan

  variables {
    emails = []
  }

  expect_failures = [var.emails]
}
