output "alarm" {
  description = "Name of the alarm."
  value       = aws_cloudwatch_metric_alarm.this.alarm_name
}

output "asks" {
  description = "What is asked, for tests to read."
  value       = "https://${aws_route53_health_check.this.fqdn}${aws_route53_health_check.this.resource_path}"
}

output "heard_by" {
  description = "Who is told, for tests to read."
  value       = module.topic.heard_by
}
