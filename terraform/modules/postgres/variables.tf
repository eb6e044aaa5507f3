variable "name" {
  description = "Name of the instance."
  type        = string
}

variable "database_name" {
  description = "Name of the database in it."
  type        = string
  default     = "whc"
}

variable "engine_version" {
  description = "Major version of PostgreSQL, 13 at least; RDS chooses the minor one and raises it by itself."
  type        = string
  default     = "17"

  # As in the module aurora, which says why.
  validation {
    condition     = try(tonumber(var.engine_version) >= 13 && !strcontains(var.engine_version, "."), false)
    error_message = "engine_version must be a major version, 13 at least: minor ones are raised by RDS."
  }
}

variable "instance_class" {
  description = "Size of the instance."
  type        = string
  default     = "db.t4g.micro"

  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "instance_class must begin with db."
  }
}

variable "subnet_ids" {
  description = "Subnets without a way out, in two zones at least."
  type        = list(string)
}

variable "security_group_id" {
  description = "Security group of the tier data."
  type        = string
}

variable "backup_retention_days" {
  description = "Days any moment of which can be restored."
  type        = number
  default     = 1

  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "backup_retention_days must be 1 to 35."
  }
}

variable "deletion_protection" {
  description = "Whether the instance must be unlocked before it can be deleted, and leaves a snapshot then."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
  default     = 7
}

variable "kms_key_arn" {
  description = "Key of storage, secret and log."
  type        = string
}
