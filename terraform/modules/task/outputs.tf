output "arn" {
  description = "ARN of the task definition with its revision."
  value       = aws_ecs_task_definition.this.arn
}

output "family" {
  description = "Name of the task definition without its revision."
  value       = aws_ecs_task_definition.this.family
}

output "containers" {
  description = "The container definitions, for tests to read."
  value       = jsondecode(aws_ecs_task_definition.this.container_definitions)
}

output "role_arns" {
  description = "The two roles: execution and task."
  value       = { execution = module.execution_role.arn, task = module.task_role.arn }
}

output "log_group" {
  description = "Name of the log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "statements" {
  description = "What each role may do, for tests to read."
  value       = { execution = module.execution_role.statements, task = module.task_role.statements }
}
