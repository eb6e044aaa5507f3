variable "name" {
  description = "Name of the alias, without alias/."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9/-]{1,60}$", var.name))
    error_message = "name must be lower case letters, digits, - and /."
  }
}

variable "description" {
  description = "What the key is for, as shown in the console."
  type        = string
}

variable "region" {
  description = "Region of the key, where it is not the provider's."
  type        = string
  default     = null
}

variable "encrypts_logs" {
  description = "Whether CloudWatch log groups of this account are encrypted with it."
  type        = bool
  default     = false
}

variable "trail_arn" {
  description = "Trail of CloudTrail that encrypts with it; none when null."
  type        = string
  default     = null
}

variable "publishers" {
  description = "Services that publish to SNS topics encrypted with it, such as cloudwatch.amazonaws.com for alarms."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.publishers : endswith(name, ".amazonaws.com")])
    error_message = "publishers are service principals that end in .amazonaws.com."
  }
}
