mock_provider "aws" {
  source = "../../tests"
}

variables {
  name          = "whc-test"
  environment   = "test"
  usd_per_month = 100
  topic_arn     = "arn:aws:sns:eu-west-1:123456789012:whc-test-alarms"
}

run "tells_before_the_money_is_gone" {
  command = plan

  assert {
    condition = { for n in aws_budgets_budget.this.notification :
      n.notification_type => n.threshold
    } == { ACTUAL = 80, FORECASTED = 100 }
    error_message = "at 80 % spent, and when the forecast is over the limit"
  }

  assert {
    condition     = one(aws_budgets_budget.this.cost_filter).values == tolist(["user:environment$test"])
    error_message = "only what carries the tag may count"
  }
}
