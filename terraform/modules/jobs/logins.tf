# The users the service and imports log in as: made when missing, given the password that is in their secret, and made
# members of their role. Run it once after the first migration; running it again repairs a password that was lost.

module "logins" {
  source = "../task"

  name                     = "${var.name}-logins"
  architecture             = var.architecture
  authorities_image        = var.psql_image
  log_retention_days       = var.log_retention_days
  kms_key_arn              = var.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn

  containers = [{
    name        = "psql"
    image       = var.psql_image
    entry_point = ["sh", "-euc"]
    command     = [local.logins_script]
    environment = {
      PGHOST        = var.database.host
      PGPORT        = tostring(var.database.port)
      PGDATABASE    = var.database.name
      PGSSLMODE     = "verify-full"
      PGSSLROOTCERT = "/authorities/rds.pem"
      PSQL_HISTORY  = "/dev/null"
    }
    secrets = merge(
      {
        PGUSER     = "${var.database.master_secret_arn}:username::"
        PGPASSWORD = "${var.database.master_secret_arn}:password::"
      },
      { for user, login in var.logins : "LOGIN_${upper(user)}" => "${login.secret_arn}:password::" },
    )
  }]
}

# --- The script -------------------------------------------------------------------------------------------------------

locals {
  # Passwords travel in the environment. \password asks twice, here of the lines below it, and sends no password but what the
  # server keeps of it: neither the log nor pg_stat_statements ever has one.
  logins_script = join("\n", concat(
    ["psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 <<SQL"],
    flatten([for user in sort(keys(var.logins)) : [
      "SELECT 'CREATE ROLE ${user} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${user}') \\gexec",
      "\\password ${user}",
      "$LOGIN_${upper(user)}",
      "$LOGIN_${upper(user)}",
      "GRANT ${var.logins[user].role} TO ${user};",
      "\\echo ${user} may log in as a member of ${var.logins[user].role}",
    ]]),
    ["SQL"],
  ))
}
