output "urls" {
  description = "Where clients reach each service."
  value       = { for key, service in local.services : key => "https://${service.host}" }
}
