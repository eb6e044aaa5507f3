mock_provider "aws" {
  source = "../../tests"
}

variables {
  name          = "whc-test"
  emails        = ["ops@heritage.example"]
  service       = { cluster_name = "whc-test", service_name = "whc-test", service_arn = "arn:aws:ecs:eu-west-1:123456789012:service/whc-test/whc-test", log_group = "/whc/whc-test" }
  load_balancer = { arn_suffix = "app/whc-test/50dc6c495c0c9188", target_groups = { blue = "targetgroup/blue/1", green = "targetgroup/green/2" } }
  database      = { kind = "cluster", identifier = "whc-test", max_connections = 80 }
  proxy_name    = "whc-test"
  functions     = { rotation = "whc-test-rotation" }
}

run "can_be_published_to" {
  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id != "alias/aws/sns" && contains([for s in jsondecode(module.key.policy).Statement : s.Sid], "PublisherCloudwatchAmazonawsCom")
    error_message = "CloudWatch must be able to use the key of the topic, or alarms go nowhere"
  }

  assert {
    condition = toset(flatten([for s in jsondecode(aws_sns_topic_policy.alarms.policy).Statement : s.Principal.Service if s.Action == "sns:Publish"])) == toset([
      "cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com",
    ])
    error_message = "those who tell of something must be allowed to publish"
  }

  assert {
    condition     = length(aws_sns_topic_subscription.email) == 1 && alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "every alarm must reach the topic, and the topic somebody"
  }
}

run "tells_of_what_matters" {
  assert {
    condition = length(setsubtract([
      "whc-test-ecs-cpu", "whc-test-ecs-memory", "whc-test-alb-5xx", "whc-test-target-5xx", "whc-test-alb-p99",
      "whc-test-unhealthy-blue", "whc-test-unhealthy-green", "whc-test-db-cpu", "whc-test-db-connections",
      "whc-test-db-replica-lag", "whc-test-proxy-pinned", "whc-test-rotation-errors", "whc-test-log-errors",
    ], output.alarms)) == 0
    error_message = "an alarm is missing"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["ecs-cpu"].threshold == 80 && aws_cloudwatch_metric_alarm.this["ecs-memory"].threshold == 80 && aws_cloudwatch_metric_alarm.this["alb-p99"].extended_statistic == "p99"
    error_message = "CPU and memory over 80 %, and the time of one answer in a hundred"
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 7
    error_message = "the dashboard must show the alarms and every graph"
  }
}

run "tells_of_a_deployment_that_failed" {
  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.deployment_failed.event_pattern).resources == [var.service.service_arn] && aws_cloudwatch_event_target.deployment_failed.arn == aws_sns_topic.alarms.arn
    error_message = "a rotation asks for a deployment while nobody looks"
  }
}

run "does_with_less" {
  command = plan

  variables {
    database   = { kind = "instance", identifier = "whc-test", max_connections = 60 }
    proxy_name = null
    functions  = {}
  }

  assert {
    condition     = !anytrue([for name in keys(aws_cloudwatch_metric_alarm.this) : contains(["db-replica-lag", "proxy-pinned", "rotation-errors"], name)])
    error_message = "what is not there must not be watched"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["db-cpu"].dimensions == tomap({ DBInstanceIdentifier = "whc-test" })
    error_message = "an instance is watched as an instance"
  }
}

run "refuses_silence" {
  command = plan

  variables {
    emails = []
  }

  expect_failures = [var.emails]
}
