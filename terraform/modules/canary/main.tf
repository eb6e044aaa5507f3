# Whether the world reaches the service: asked from outside, by the name and the way that clients take.

# /readyz, not /livez: through DNS, certificate, front, firewall and load balancer to a task that has sites to answer from.
resource "aws_route53_health_check" "this" {
  type              = "HTTPS"
  fqdn              = var.domain
  port              = 443
  resource_path     = "/readyz"
  enable_sni        = true
  request_interval  = 30
  failure_threshold = 3
  tags              = { Name = var.name }
}

# --- Alarm: figures of health checks are in us-east-1, wherever the service is -----------------------------------------
# https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html

locals {
  region = "us-east-1"
}

module "topic" {
  source = "../topic"

  region = local.region
  name   = "${var.name}-canary"
  emails = var.emails
}

resource "aws_cloudwatch_metric_alarm" "this" {
  region            = local.region
  alarm_name        = "${var.name}-canary"
  alarm_description = "https://${var.domain}/readyz does not answer 200 to the world"
  alarm_actions     = [module.topic.arn]
  ok_actions        = [module.topic.arn]

  namespace           = "AWS/Route53"
  metric_name         = "HealthCheckStatus"
  dimensions          = { HealthCheckId = aws_route53_health_check.this.id }
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 60
  evaluation_periods  = 2
  treat_missing_data  = "breaching"
}
