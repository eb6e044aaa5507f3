variable "name" {
  description = "Name of the function."
  type        = string
}

variable "package" {
  description = "Zip in S3 with whc-rotation as bootstrap."
  type        = object({ bucket = string, key = string })
}

variable "architecture" {
  description = "Processor the program is for: ARM64 or X86_64."
  type        = string
  default     = "ARM64"
}

variable "strategy" {
  description = <<-TEXT
    single: the user gets a new password, so tasks that started before must be replaced or ask anew. alternating: two
    users take turns, the old password works until the next rotation; not possible behind RDS Proxy, which knows users
    by name.
  TEXT
  type        = string
  default     = "single"

  validation {
    condition     = contains(["single", "alternating"], var.strategy)
    error_message = "strategy must be single or alternating."
  }
}

variable "secrets" {
  description = "Secrets to rotate: logins by user, tokens of the cache, keys of sessions."
  type        = map(string)
}

variable "session_keys" {
  description = "Name among the secrets of the one with the keys of sessions (SECRET_KEY_BASE); none when null."
  type        = string
  default     = null

  validation {
    condition     = var.session_keys == null || contains(keys(var.secrets), coalesce(var.session_keys, "-"))
    error_message = "session_keys must be one of the names in secrets."
  }
}

variable "cache" {
  description = "Cache whose tokens are among the secrets, and its users; none when null."
  type        = object({ host = string, port = number, user_arns = list(string) })
  default     = null
}

variable "database" {
  description = "The database itself, not a proxy, and the secret of its master user."
  type        = object({ host = string, port = number, name = string, master_secret_arn = string })
}

variable "ca_file" {
  description = "File in the package with the authorities of RDS (DB_SSLROOTCERT)."
  type        = string
  default     = "/var/task/rds.pem"
}

variable "redeploy" {
  description = "ECS service whose tasks are replaced after a rotation; none when null."
  type        = object({ cluster_name = string, service_name = string, service_arn = string })
  default     = null
}

variable "schedule" {
  description = "When they change: keys of sessions take no less than a day."
  type        = string
  default     = "rate(30 days)"

  validation {
    condition     = can(regex("^(rate|cron)\\(.+\\)$", var.schedule))
    error_message = "schedule must be rate(...) or cron(...)."
  }
}

variable "network" {
  description = "Where the function runs: it must reach the database, the cache and Secrets Manager."
  type        = object({ subnet_ids = list(string), security_group_id = string })
}

variable "reserved_concurrency" {
  description = <<-TEXT
    Calls at once, kept free for rotations; one for each secret is enough. Not reserved when null, as the quota of a new account
    needs it.
  TEXT
  type        = number
  default     = null
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
  default     = 90
}

variable "kms_key_arn" {
  description = "Key of the secrets and the log."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
