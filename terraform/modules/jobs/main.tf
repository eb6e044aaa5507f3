# Tasks that run once and end, from the same image as the service: bring the schema up to date, make the logins, import.

locals {
  # The direct way to the database: an advisory lock and a transaction of minutes need a session of their own.
  database_environment = {
    LOG_FORMAT     = "json"
    DB_HOST        = var.database.host
    DB_PORT        = tostring(var.database.port)
    DB_NAME        = var.database.name
    DB_SSLMODE     = "verify-full"
    DB_SSLROOTCERT = "/authorities/rds.pem"
  }

  master_secrets = {
    DB_USER     = "${var.database.master_secret_arn}:username::"
    DB_PASSWORD = "${var.database.master_secret_arn}:password::"
  }
}
