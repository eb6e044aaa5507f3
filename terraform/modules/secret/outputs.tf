output "arn" {
  description = "ARN of the secret, known once it has a value."
  value       = aws_secretsmanager_secret.this.arn
  depends_on  = [aws_secretsmanager_secret_version.first]
}

output "username" {
  description = "User of the database."
  value       = var.username
}
