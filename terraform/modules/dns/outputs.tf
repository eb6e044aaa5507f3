output "names" {
  description = "The names, each with its type."
  value       = keys(aws_route53_record.this)
}

output "leads_to" {
  description = "What the names lead to, for tests to read."
  value       = toset([for record in aws_route53_record.this : one(record.alias).name])
}
