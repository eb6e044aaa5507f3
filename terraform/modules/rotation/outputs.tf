output "function_name" {
  description = "Name of the function, for alarms."
  value       = module.function.name
}

output "package" {
  description = "Where its program comes from, for tests to read."
  value       = module.function.package
}
