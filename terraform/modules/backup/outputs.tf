output "vault" {
  description = "Name of both vaults."
  value       = aws_backup_vault.here.name
}

output "role_arn" {
  description = "Role a restore is asked for with."
  value       = module.role.arn
}
