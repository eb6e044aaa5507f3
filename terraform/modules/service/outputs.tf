output "name" {
  description = "Name of the service."
  value       = aws_ecs_service.this.name
}

output "task_definition_arn" {
  description = "Latest revision of its task, which a deployment takes."
  value       = module.task.arn
}

output "task_role_arns" {
  description = "Roles of its tasks: execution and task."
  value       = module.task.role_arns
}

output "containers" {
  description = "Definition of the container that serves, for tests to read."
  value       = [for container in module.task.containers : container if container.name == local.container]
}

output "target_groups" {
  description = "What metrics call its target groups."
  value       = { for colour, group in aws_lb_target_group.this : colour => group.arn_suffix }
}

output "min_tasks" {
  description = "Tasks that always run."
  value       = aws_appautoscaling_target.this.min_capacity
}

output "log_group" {
  description = "Name of its log group."
  value       = module.task.log_group
}

output "arn" {
  description = "ARN of the service."
  value       = aws_ecs_service.this.id
}

output "health_paths" {
  description = "What the load balancer asks of tasks, for tests to read."
  value       = distinct([for group in aws_lb_target_group.this : one(group.health_check).path])
}
