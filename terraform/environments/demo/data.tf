# One small instance in one zone. RDS rotates the master's password; the logins' passwords stay until somebody runs the
# task logins again: a rotation function would need a NAT gateway, which costs more than everything else here.

module "database" {
  source = "../../modules/postgres"

  name                = local.name
  subnet_ids          = module.network.data_subnet_ids
  security_group_id   = module.network.security_group_ids.data
  deletion_protection = var.deletion_protection
  kms_key_arn         = module.key.arn
}

module "logins" {
  source = "../../modules/logins"

  name          = local.name
  database      = module.database.endpoint
  kms_key_arn   = module.key.arn
  recovery_days = 0 # so that the environment can be made again the same day
}

# --- Keys of sessions; without a cache these are in the memory of the one task, and end with it ------------------------

module "session_keys" {
  source = "../../modules/secret"

  name          = "${local.name}/session_keys"
  description   = "Keys that sessions of ${local.name} are signed with (SECRET_KEY_BASE)"
  length        = 128
  kms_key_arn   = module.key.arn
  recovery_days = 0
}
