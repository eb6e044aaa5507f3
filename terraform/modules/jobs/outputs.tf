output "tasks" {
  description = "What can be run once: task definition, the container whose exit status counts, and its log group."
  value = {
    migrate = { task_definition = module.migrate.arn, container = "whc", log_group = module.migrate.log_group }
    logins  = { task_definition = module.logins.arn, container = "psql", log_group = module.logins.log_group }
    import  = { task_definition = module.import.arn, container = "whc", log_group = module.import.log_group }
  }
}

output "import_bucket" {
  description = "Bucket that takes files to import."
  value       = module.import_bucket.name
}
