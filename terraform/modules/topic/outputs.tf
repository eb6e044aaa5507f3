output "arn" {
  description = "ARN of the topic, known once publishers may use it."
  value       = aws_sns_topic.this.arn
  depends_on  = [aws_sns_topic_policy.this]
}

output "encrypted" {
  description = "Whether its messages are encrypted with a key of ours, for tests to read."
  value       = aws_sns_topic.this.kms_master_key_id == module.key.arn
}

output "heard_by" {
  description = "Who is told, for tests to read."
  value       = toset([for subscription in aws_sns_topic_subscription.email : subscription.endpoint])
}
