output "url" {
  description = "Where clients reach the service."
  value       = "https://${var.domain}"
}

output "operations" {
  description = "What terraform/operate needs to run tasks and to deploy."
  value = {
    region  = var.region
    cluster = module.cluster.name
    service = {
      name            = module.service.name
      task_definition = module.service.task_definition_arn
      min_tasks       = module.service.min_tasks
    }
    jobs          = module.jobs.tasks
    import_bucket = module.jobs.import_bucket
    network = {
      subnets          = module.network.public_subnet_ids
      security_groups  = [module.network.security_group_ids.job]
      assign_public_ip = "ENABLED"
    }
  }
}

output "deployed" {
  description = "What the latest apply named: plans that are not deployments name the same."
  value       = { image = var.image, functions = null }
}
