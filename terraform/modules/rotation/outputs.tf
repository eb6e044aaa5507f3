output "function_name" {
  description = "Name of the function, for alarms."
  value       = module.function.name
}
