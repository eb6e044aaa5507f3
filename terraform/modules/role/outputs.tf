output "arn" {
  description = "ARN of the role, known once it has its rights."
  value       = aws_iam_role.this.arn
  depends_on  = [aws_iam_role_policy.this, aws_iam_role_policy_attachment.this]
}

output "name" {
  description = "Name of the role."
  value       = aws_iam_role.this.name
}

output "statements" {
  description = "What it may do, for tests to read."
  value       = local.statements
}
