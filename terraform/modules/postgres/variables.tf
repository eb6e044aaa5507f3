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
  description = "Version of PostgreSQL; 13 at least."
  type        = string
  default     = "17"

  validation {
    condition     = try(tonumber(split(".", var.engine_version)[0]) >= 13, false)
    error_message = "whc needs PostgreSQL 13 or later."
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
