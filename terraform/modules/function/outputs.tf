output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function without a version."
  value       = aws_lambda_function.this.arn
}

output "version" {
  description = "The version published last."
  value       = aws_lambda_function.this.version
}

output "package" {
  description = "Where its program comes from, for tests to read."
  value       = { bucket = aws_lambda_function.this.s3_bucket, key = aws_lambda_function.this.s3_key }
}

output "statements" {
  description = "What it may do, for tests to read."
  value       = module.role.statements
}

output "environment" {
  description = "Its variables, for tests to read."
  value       = one(aws_lambda_function.this.environment).variables
}
