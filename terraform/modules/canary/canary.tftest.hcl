mock_provider "aws" {
  source = "../../tests"
}

variables {
  name   = "whc-test"
  domain = "heritage.example"
  emails = ["ops@heritage.example"]
}

run "asks_as_the_world_does" {
  assert {
    condition = (
      output.asks == "https://heritage.example/readyz" &&
      aws_route53_health_check.this.type == "HTTPS" &&
      aws_route53_health_check.this.enable_sni
    )
    error_message = "it must take the way clients take, and ask whether there are sites to answer from"
  }

  assert {
    condition = (
      !coalesce(aws_route53_health_check.this.disabled, false) &&
      !coalesce(aws_route53_health_check.this.invert_healthcheck, false)
    )
    error_message = "it must ask, and take the answer for what it is"
  }
}

run "is_heard" {
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this.region == "us-east-1" &&
      aws_cloudwatch_metric_alarm.this.dimensions == tomap({ HealthCheckId = aws_route53_health_check.this.id })
    )
    error_message = "figures of health checks are in us-east-1 only"
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this.treat_missing_data == "breaching" &&
      aws_cloudwatch_metric_alarm.this.comparison_operator == "LessThanThreshold" &&
      aws_cloudwatch_metric_alarm.this.threshold == 1
    )
    error_message = "1 is healthy; no figures are no answer"
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this.alarm_actions == toset([module.topic.arn]) &&
      output.heard_by == toset(["ops@heritage.example"])
    )
    error_message = "the alarm must reach somebody"
  }
}
