output "arn" {
  description = "ARN of the key; known only once its policy is in place."
  value       = aws_kms_key.this.arn
}

output "policy" {
  description = "The key's policy as JSON, for tests to read."
  value       = aws_kms_key.this.policy
}

output "uses" {
  description = "Services that may use it, for tests to read."
  value       = toset([for statement in local.statements : statement.Principal.Service if can(statement.Principal.Service)])
}
