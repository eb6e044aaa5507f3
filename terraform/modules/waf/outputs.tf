output "arn" {
  description = "ARN of the ACL, for a distribution."
  value       = aws_wafv2_web_acl.this.arn
}

output "scope" {
  description = "What it is for: REGIONAL (a load balancer) or CLOUDFRONT."
  value       = aws_wafv2_web_acl.this.scope
}

output "protects" {
  description = "Load balancer it stands before; null where a distribution names it. For tests to read."
  value       = one(aws_wafv2_web_acl_association.this[*].resource_arn)
}

output "blocks" {
  description = "Rules that block by themselves, and those that leave it to their group, for tests to read."
  value = {
    own     = toset([for rule in aws_wafv2_web_acl.this.rule : rule.name if try(length(one(rule.action).block) == 1, false)])
    managed = toset([for rule in aws_wafv2_web_acl.this.rule : rule.name if try(length(one(rule.override_action).none) == 1, false)])
  }
}
