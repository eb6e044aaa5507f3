output "url" {
  description = "Where clients reach the service."
  value       = "https://${var.domain}"
}

output "serverless_url" {
  description = "Where clients reach the function; null without one."
  value       = one(module.serverless[*].url)
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
      subnets          = module.network.app_subnet_ids
      security_groups  = [module.network.security_group_ids.job]
      assign_public_ip = "DISABLED"
    }
  }
}

output "backup" {
  description = "Vault of the backups, in both regions, and the role that restores."
  value       = { vault = module.backup.vault, role_arn = module.backup.role_arn, copy_region = var.copy_region }
}

output "deployed" {
  description = "What the latest apply named: plans that are not deployments name the same."
  value       = { image = var.image, functions = var.functions }
}
