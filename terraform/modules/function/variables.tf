variable "name" {
  description = "Name of the function, its log group and its role."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,50}$", var.name))
    error_message = "name must be 2 to 51 lower case letters, digits and hyphens."
  }
}

variable "description" {
  description = "What the function does."
  type        = string
}

variable "package" {
  description = <<-TEXT
    Zip in S3 with the program, named bootstrap, for the architecture below. A new key is a new version; the same one is never
    looked at again.
  TEXT
  type        = object({ bucket = string, key = string })
}

variable "architecture" {
  description = "Processor the program is for: ARM64 or X86_64."
  type        = string
  default     = "ARM64"

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "architecture must be ARM64 or X86_64."
  }
}

variable "memory" {
  description = "Memory in MiB; CPU grows with it."
  type        = number
  default     = 256
}

variable "timeout_seconds" {
  description = "When a call is given up."
  type        = number
  default     = 10

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "timeout_seconds must be 1 to 900."
  }
}

variable "reserved_concurrency" {
  description = <<-TEXT
    Calls at once, kept free for this function and never exceeded; not reserved when null. Lambda always leaves 100 of the account's
    quota to functions without a reservation, and new accounts have a quota of 10 in all: there every reservation is refused.
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  TEXT
  type        = number
  default     = null

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= 1
    error_message = "reserved_concurrency must be 1 at least."
  }
}

variable "environment" {
  description = "Variables of the program; never secrets."
  type        = map(string)
  default     = {}

  validation {
    condition     = !anytrue([for name in keys(var.environment) : endswith(name, "PASSWORD")])
    error_message = "Whoever sees the function reads its environment, so a password does not belong there."
  }
}

variable "permissions" {
  description = "What the program may do in AWS, by statement id."
  type        = map(object({ actions = list(string), resources = list(string) }))
  default     = {}
}

variable "network" {
  description = "Where it runs to reach the database; outside of the network when null."
  type        = object({ subnet_ids = list(string), security_group_id = string })
  default     = null
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key of log and environment."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
