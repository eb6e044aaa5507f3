output "state_bucket" {
  description = "Bucket of the states, for -backend-config."
  value       = module.state_bucket.name
}

output "repository_url" {
  description = "Where images are pushed."
  value       = aws_ecr_repository.this.repository_url
}

output "packages_bucket" {
  description = "Where packages of functions are put."
  value       = module.packages_bucket.name
}

output "github_role_arns" {
  description = "Roles of the workflows, by purpose; the account id in them is the variable AWS_ACCOUNT_ID on GitHub."
  value       = { for purpose, role in aws_iam_role.github : purpose => role.arn }
}

output "permissions_boundary_arn" {
  description = "Policy that no role of an environment can exceed."
  value       = aws_iam_policy.boundary.arn
}
