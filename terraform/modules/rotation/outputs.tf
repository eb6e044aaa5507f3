output "function_name" {
  description = "Name of the function, for alarms."
  value       = module.function.name
}

output "package" {
  description = "Where its program comes from, for tests to read."
  value       = module.function.package
}

output "rotates" {
  description = "The secrets it rotates, by name, for tests to read."
  value       = { for user, rotation in aws_secretsmanager_secret_rotation.this : user => rotation.secret_id }
}

output "environment" {
  description = "What the function is told, for tests to read."
  value       = module.function.environment
}

output "statements" {
  description = "What the function may do, for tests to read."
  value       = module.function.statements
}

output "network" {
  description = "Where the function runs, for tests to read."
  value       = module.function.network
}
