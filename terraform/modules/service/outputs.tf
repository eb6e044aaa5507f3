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

output "statements" {
  description = "What the roles of its tasks may do, for tests to read."
  value       = module.task.statements
}

output "network" {
  description = "Where its tasks run, for tests to read."
  value = {
    subnet_ids         = one(aws_ecs_service.this.network_configuration).subnets
    security_group_ids = one(aws_ecs_service.this.network_configuration).security_groups
    assign_public_ip   = one(aws_ecs_service.this.network_configuration).assign_public_ip
  }
}

output "serves" {
  description = "On which listener, for which names, and how it is replaced, for tests to read."
  value = {
    listener_arn = aws_lb_listener_rule.this.listener_arn
    priority     = aws_lb_listener_rule.this.priority
    hosts        = one(one(aws_lb_listener_rule.this.condition).host_header).values
    strategy     = one(aws_ecs_service.this.deployment_configuration).strategy
  }
}
