# What processes of the service share, and the keys by which they know each other's answers and sessions.

module "cache" {
  source = "../../modules/cache"
  count  = var.cache == null ? 0 : 1

  name              = local.name
  users             = concat(["web"], local.serverless_shares ? ["lambda"] : [])
  login             = var.cache.login
  limits            = var.cache.limits
  subnet_ids        = module.network.data_subnet_ids
  security_group_id = module.network.security_group_ids.cache
  kms_key_arn       = module.key.arn
}

locals {
  serverless_shares = var.serverless && var.cache != null

  # What each is given to come to the cache; nothing where there is none.
  connections = { for user in ["web", "lambda"] : user => { for kind in ["environment", "permissions"] : kind => merge([
    for cache in module.cache : cache.connections[user][kind] if contains(keys(cache.connections), user)
  ]...) } }
}

locals {
  # Users with a token, where they do not log in by IAM; the rotation changes it.
  cache_tokens = merge([for cache in module.cache : { for user, token in cache.tokens : "valkey_${user}" => token }]...)
}

# --- Keys of sessions and of what lies in the cache -------------------------------------------------------------------

module "session_keys" {
  source = "../../modules/secret"

  name        = "${local.name}/session_keys"
  description = "Keys that sessions and entries of the cache of ${local.name} are signed with (SECRET_KEY_BASE)"
  length      = 128
  kms_key_arn = module.key.arn
}
