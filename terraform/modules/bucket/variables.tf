variable "name" {
  description = "Name of the bucket, unique in the world."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 63 lower case letters, digits and hyphens."
  }
}

variable "kms_key_arn" {
  description = "Key to encrypt with; SSE-S3 without one, which load balancers need."
  type        = string
  default     = null
}

variable "expire_after_days" {
  description = "Days until objects are deleted; never when null."
  type        = number
  default     = null
}

variable "expire_below" {
  description = "Days until objects are deleted, by the prefix of their names, where not all are."
  type        = map(number)
  default     = {}
}

variable "forget_versions_after_days" {
  description = "Days until versions that were replaced or deleted are gone for good."
  type        = number
  default     = 30
}

variable "writers" {
  description = <<-TEXT
    Services that deliver logs: principal, prefix that ends in / or is empty, the ARN pattern of what they log where they tell it, and
    whether they look first whose the bucket is.
  TEXT
  type = list(object({
    service    = string
    source_arn = optional(string)
    reads_acl  = optional(bool, false)
    prefix     = optional(string, "")
  }))
  default = []

  validation {
    condition     = alltrue([for writer in var.writers : writer.prefix == "" || endswith(writer.prefix, "/")])
    error_message = "A writer's prefix must be empty or end in /."
  }
}
