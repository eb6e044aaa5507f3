output "url" {
  description = "Where clients reach it."
  value       = var.custom_domain == null ? aws_apigatewayv2_api.this.api_endpoint : local.public_url
}

output "alias" {
  description = "Target for the name in DNS; null without a name of its own."
  value = one([for domain in aws_apigatewayv2_domain_name.this : {
    dns_name = one(domain.domain_name_configuration).target_domain_name
    zone_id  = one(domain.domain_name_configuration).hosted_zone_id
  }])
}

output "function_name" {
  description = "Name of the function, for alarms."
  value       = module.function.name
}

output "package" {
  description = "Where its program comes from, for tests to read."
  value       = module.function.package
}

output "environment" {
  description = "Its variables, for tests to read."
  value       = module.function.environment
}

output "statements" {
  description = "What it may do, for tests to read."
  value       = module.function.statements
}

output "network" {
  description = "Where it runs; null outside of the network. For tests to read."
  value       = module.function.network
}
