variable "name" {
  description = "Name of the secret, such as whc-prod/whc_web."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+/[a-z][a-z0-9_]*$", var.name))
    error_message = "name must be ENVIRONMENT/NAME in lower case: rights go by the first, and the second is quoted nowhere."
  }
}

variable "description" {
  description = "What it is for."
  type        = string
}

variable "fields" {
  description = <<-TEXT
    What else it says: the secret is JSON with these and password. When null it is the random letters alone.
  TEXT
  type        = any
  default     = null

  validation {
    condition     = var.fields == null || (can(keys(var.fields)) && !contains(try(keys(var.fields), []), "password"))
    error_message = "fields must be an object without password: that is made here, and a given one would be in the state."
  }
}

variable "length" {
  description = "How many letters and digits its random part has."
  type        = number
  default     = 40

  validation {
    condition     = var.length >= 40 && var.length <= 128
    error_message = "length must be 40 to 128: fewer can be guessed, and ElastiCache takes no more."
  }
}

variable "first" {
  description = "Its first random part, where something else must be told of it in the same apply; in no state. Made here when null."
  type        = string
  default     = null
  ephemeral   = true
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
