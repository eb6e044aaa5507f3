output "connections" {
  description = "By user: its variables of docs/CONFIGURATION.md, and what the program must be allowed."
  value = { for user in var.users : user => {
    environment = local.environments[user]
    permissions = local.permissions[user]
  } }
}

output "endpoint" {
  description = "Where it is."
  value       = { host = local.endpoint.address, port = local.endpoint.port }
}

output "tokens" {
  description = "Secrets of users that log in by token, for the rotation: ARN of the secret, and of the user."
  value       = { for user, token in module.token : user => { secret_arn = token.arn, user_arn = aws_elasticache_user.this[user].arn } }
}

output "name" {
  description = "Name of the cache, as metrics call it."
  value       = aws_elasticache_serverless_cache.this.name
}

output "limits" {
  description = "What it may hold and do at the most, for alarms."
  value       = var.limits
}

output "access" {
  description = "What each user may do, for tests to read."
  value = merge({ for user, entry in aws_elasticache_user.this : user => entry.access_string }, {
    default = aws_elasticache_user.nobody.access_string
  })
}

output "network" {
  description = "Where it is, for tests to read."
  value = {
    subnet_ids         = aws_elasticache_serverless_cache.this.subnet_ids
    security_group_ids = aws_elasticache_serverless_cache.this.security_group_ids
  }
}
