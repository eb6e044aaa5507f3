output "arns" {
  description = "Secrets by user, known once they have a value."
  value       = { for user, secret in module.secret : user => secret.arn }
}

output "members" {
  description = "By user: secret and role of migrations/roles.sql, for the task that makes them."
  value       = { for user, role in local.roles : user => { secret_arn = module.secret[user].arn, role = role } }
}

output "recovery_days" {
  description = "Days in which a deleted secret can be had back, for tests to read."
  value       = toset([for secret in module.secret : secret.recovery_days])
}
