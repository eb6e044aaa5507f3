output "arn" {
  description = "ARN of the ACL, for a distribution."
  value       = aws_wafv2_web_acl.this.arn
}

output "scope" {
  description = "What it is for: REGIONAL (a load balancer) or CLOUDFRONT."
  value       = aws_wafv2_web_acl.this.scope
}
