# Where tasks run: Fargate, by the minute.

resource "aws_ecs_cluster" "this" {
  #checkov:skip=CKV_AWS_65:container_insights, which demo leaves out because every metric costs
  #checkov:skip=CKV_AWS_224:sessions are off by default, encrypted when on, and kept in the encrypted log of the task

  name = var.name

  setting {
    name  = "containerInsights"
    value = var.container_insights ? "enabled" : "disabled"
  }

  # What an operator types in ECS Exec is kept in the log of the task, encrypted on the way.
  configuration {
    execute_command_configuration {
      kms_key_id = var.kms_key_arn
      logging    = "DEFAULT"
    }
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
}
