output "connections" {
  description = "By user: its variables of docs/CONFIGURATION.md, those of them that are in secrets, and what the program must be allowed."
  value = { for user in var.users : user => {
    environment = local.environments[user]
    secrets     = { for name in var.login == "token" ? ["VALKEY_PASSWORD"] : [] : name => "${module.token[user].arn}:password::" }
    permissions = { for sid in var.login == "iam" ? ["LogInToTheCache"] : [] : sid => {
      actions   = ["elasticache:Connect"]
      resources = [aws_elasticache_serverless_cache.this.arn, aws_elasticache_user.this[user].arn]
    } }
  } }
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
