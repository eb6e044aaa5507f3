output "vault" {
  description = "Name of both vaults."
  value       = aws_backup_vault.here.name
}

output "role_arn" {
  description = "Role a restore is asked for with."
  value       = module.role.arn
}

output "covers" {
  description = "What is backed up, for tests to read."
  value       = aws_backup_selection.this.resources
}

output "copies" {
  description = "By rule, whether its backups are copied to the other region, for tests to read."
  value       = { for rule in aws_backup_plan.this.rule : rule.rule_name => length(rule.copy_action) == 1 }
}

output "copied_to" {
  description = "Region of the copies, for tests to read."
  value       = aws_backup_vault.copy.region
}
