output "name" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "arn" {
  description = "ARN of the cluster, known once services can use its capacity."
  value       = aws_ecs_cluster.this.arn
  depends_on  = [aws_ecs_cluster_capacity_providers.this]
}

output "insights" {
  description = "Whether there are metrics per task, for tests to read."
  value       = one(aws_ecs_cluster.this.setting).value
}
