output "arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "arn_suffix" {
  description = "What metrics call the load balancer."
  value       = aws_lb.this.arn_suffix
}

output "alias" {
  description = "Target for names in DNS."
  value       = { dns_name = aws_lb.this.dns_name, zone_id = aws_lb.this.zone_id }
}

output "dns_name" {
  description = "Its own name, which is what CloudFront calls it."
  value       = aws_lb.this.dns_name
}

output "https_listener_arn" {
  description = "Listener to which services add their rules."
  value       = aws_lb_listener.https.arn
}

output "idle_timeout_seconds" {
  description = "How long connections may idle; services must wait longer."
  value       = aws_lb.this.idle_timeout
}

output "log_bucket" {
  description = "Bucket with the access logs."
  value       = module.log_bucket.name
}

output "log_bucket_sse_algorithm" {
  description = "How the access logs are encrypted, for tests to read."
  value       = module.log_bucket.sse_algorithm
}

output "guarded" {
  description = "Whether it must be unlocked before it can be deleted, and where it is, for tests to read."
  value = {
    deletion_protection = aws_lb.this.enable_deletion_protection
    internal            = aws_lb.this.internal
    subnet_ids          = aws_lb.this.subnets
    security_group_ids  = aws_lb.this.security_groups
  }
}
