variable "name" {
  description = "Name of the secret, such as whc-prod/whc_web."
  type        = string
}

variable "username" {
  description = "User of the database."
  type        = string

  validation {
    condition     = can(regex("^[a-z_]{3,30}$", var.username))
    error_message = "username must be 3 to 30 lower case letters and underscores."
  }
}

variable "database" {
  description = "The database itself: the rotation logs in there, past any proxy."
  type        = object({ host = string, port = number, name = string })
}

variable "kms_key_arn" {
  description = "Key of the secret."
  type        = string
}

variable "recovery_days" {
  description = "Days in which a deleted secret can be had back; 0 deletes at once."
  type        = number
  default     = 30

  validation {
    condition     = var.recovery_days == 0 || (var.recovery_days >= 7 && var.recovery_days <= 30)
    error_message = "recovery_days must be 0, or 7 to 30."
  }
}
