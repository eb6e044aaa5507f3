variable "name" {
  description = "Name of the cluster."
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

  # A minor one would be behind after the first automatic upgrade, and RDS refuses to go back: every later apply would fail. Of a
  # major version alone the provider compares no more:
  # https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster
  # (engine_version, engine_version_actual).
  validation {
    condition     = try(tonumber(var.engine_version) >= 13 && !strcontains(var.engine_version, "."), false)
    error_message = "engine_version must be a major version, 13 at least: minor ones are raised by RDS."
  }
}

variable "subnet_ids" {
  description = "Subnets without a way out, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A cluster needs subnets in two zones."
  }
}

variable "security_group_id" {
  description = "Security group of the tier data."
  type        = string
}

variable "instances" {
  description = "Instances: one writes, the others read and take over."
  type        = number
  default     = 2

  validation {
    condition     = var.instances >= 1 && var.instances <= 16
    error_message = "instances must be 1 to 16."
  }
}

variable "min_capacity" {
  description = "Capacity units (2 GiB each) that are always there."
  type        = number
  default     = 0.5

  validation {
    condition     = var.min_capacity >= 0.5
    error_message = "min_capacity must be 0.5 at least: the service asks every second, so the cluster would never pause at 0."
  }
}

variable "max_capacity" {
  description = "Capacity units it may grow to."
  type        = number
  default     = 4

  validation {
    condition     = var.max_capacity >= max(1, var.min_capacity) && var.max_capacity <= 256
    error_message = "max_capacity must be 1 to 256 and not less than min_capacity."
  }
}

variable "restore_from" {
  description = "ARN of a cluster snapshot or recovery point that a new cluster begins with; empty when null."
  type        = string
  default     = null
}

variable "backup_retention_days" {
  description = "Days any moment of which can be restored."
  type        = number
  default     = 14

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35
    error_message = "backup_retention_days must be 7 to 35."
  }
}

variable "deletion_protection" {
  description = "Whether the cluster must be unlocked before it can be deleted."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key of storage, secret, log and Performance Insights."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
