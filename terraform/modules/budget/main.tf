# What it may cost in a month, and who hears when it will cost more.

resource "aws_budgets_budget" "this" {
  name         = var.name
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(var.usd_per_month)
  limit_unit   = "USD"

  # The tag has to be activated for cost allocation once per account.
  cost_filter {
    name   = "TagKeyValue"
    values = [join("$", ["user:environment", var.environment])]
  }

  dynamic "notification" {
    for_each = { actual = { type = "ACTUAL", percent = 80 }, forecast = { type = "FORECASTED", percent = 100 } }

    content {
      notification_type         = notification.value.type
      threshold                 = notification.value.percent
      threshold_type            = "PERCENTAGE"
      comparison_operator       = "GREATER_THAN"
      subscriber_sns_topic_arns = [var.topic_arn]
    }
  }
}
