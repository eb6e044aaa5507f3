output "name" {
  description = "Name of the bucket, known once its policy is in place."
  value       = aws_s3_bucket.this.id
  depends_on  = [aws_s3_bucket_policy.this]
}

output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}

output "sse_algorithm" {
  description = "How objects are encrypted: AES256 (SSE-S3) or aws:kms."
  value       = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm
}

output "policy" {
  description = "The bucket's policy as JSON, for tests to read."
  value       = aws_s3_bucket_policy.this.policy
}

output "expires" {
  description = "Rules by which objects expire, with their days, for tests to read."
  value = toset([for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
    "${rule.id}: ${one(rule.expiration).days}" if length(rule.expiration) > 0
  ])
}
