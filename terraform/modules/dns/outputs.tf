output "names" {
  description = "The names, each with its type."
  value       = keys(aws_route53_record.this)
}
