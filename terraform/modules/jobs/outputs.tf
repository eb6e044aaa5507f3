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

output "statements" {
  description = "What the roles of each task may do, for tests to read."
  value       = { migrate = module.migrate.statements, logins = module.logins.statements, import = module.import.statements }
}

output "containers" {
  description = "The container definitions of each task, for tests to read."
  value       = { migrate = module.migrate.containers, logins = module.logins.containers, import = module.import.containers }
}

output "import_bucket_sse_algorithm" {
  description = "How files to import are encrypted, for tests to read."
  value       = module.import_bucket.sse_algorithm
}
