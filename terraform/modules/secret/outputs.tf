output "arn" {
  description = "ARN of the secret, known once it has a value."
  value       = aws_secretsmanager_secret.this.arn
  depends_on  = [aws_secretsmanager_secret_version.first]
}

output "fields" {
  description = "What it says beside the random part, for tests to read."
  value       = var.fields
}

output "recovery_days" {
  description = "Days in which a deleted secret can be had back, for tests to read."
  value       = aws_secretsmanager_secret.this.recovery_window_in_days
}
