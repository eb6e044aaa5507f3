# What is noticed by what is missing: nobody answers, or answers are of yesterday. Each treats missing figures in its own way, so none
# of them is a line of the table.

# --- The snapshot of the sites falls behind the database ---------------------------------------------------------------

# With "ignore" an alarm stays as it is while nothing is logged, so it lasts from the 1 to the 0. The minimum of a minute, because a
# database that is back within it is no matter.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
resource "aws_cloudwatch_metric_alarm" "stale" {
  alarm_name        = "${var.name}-sites-stale"
  alarm_description = "tasks answer from an old snapshot: the database is away or not understood"
  alarm_actions     = [var.topic_arn]
  ok_actions        = [var.topic_arn]

  namespace           = local.of_log
  metric_name         = local.log_metrics.stale.metric
  statistic           = "Minimum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "ignore"

  depends_on = [aws_cloudwatch_log_metric_filter.this]
}

# --- No task answers: none runs, or none is healthy -------------------------------------------------------------------

# Of two target groups one is empty and may have no figures: the greater of those there are. No figures at all is the same as none.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html (HealthyHostCount)
resource "aws_cloudwatch_metric_alarm" "nobody" {
  alarm_name        = "${var.name}-healthy-hosts"
  alarm_description = "the load balancer has no healthy task to send requests to"
  alarm_actions     = [var.topic_arn]
  ok_actions        = [var.topic_arn]

  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 2
  treat_missing_data  = "breaching"

  metric_query {
    id          = "healthy"
    label       = "Healthy tasks"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = var.load_balancer.target_groups

    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = "HealthyHostCount"
        dimensions  = merge(local.of_load_balancer, { TargetGroup = metric_query.value })
        stat        = "Minimum"
        period      = 60
      }
    }
  }
}

locals {
  every_alarm = concat(values(aws_cloudwatch_metric_alarm.this), [aws_cloudwatch_metric_alarm.stale, aws_cloudwatch_metric_alarm.nobody])
}
