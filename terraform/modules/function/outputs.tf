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

output "network" {
  description = "Where it runs; null outside of the network. For tests to read."
  value = one([for network in aws_lambda_function.this.vpc_config : {
    subnet_ids         = network.subnet_ids
    security_group_ids = network.security_group_ids
  }])
}
