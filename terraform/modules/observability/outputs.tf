output "topic_arn" {
  description = "Topic of the alarms, known once publishers may use it."
  value       = aws_sns_topic.alarms.arn
  depends_on  = [aws_sns_topic_policy.alarms]
}

output "alarms" {
  description = "Names of the alarms."
  value       = sort([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name])
}
