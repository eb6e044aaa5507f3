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

output "permissions_boundaries" {
  description = "By environment, the policy that no role of it can exceed: ARN, and JSON for tests to read."
  value       = { for name, policy in aws_iam_policy.boundary : name => { arn = policy.arn, policy = policy.policy } }
}

output "policies" {
  description = "By role of the workflows, the policies it has as JSON, for tests to read."
  value       = { for role, settings in local.roles : role => [for policy in settings.policies : aws_iam_policy.github[policy].policy] }
}
