variable "name" {
  description = "Name of the cache, and prefix of its users; such as whc-prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,24}$", var.name))
    error_message = "name must be 2 to 25 lower case letters, digits and hyphens: users are called NAME-USER, in 40 at the most."
  }
}

variable "users" {
  description = "Who comes: web is the user NAME-web, with the keys that begin with NAME-web:, and no others."
  type        = set(string)

  validation {
    condition = length(var.users) > 0 && alltrue([for user in var.users :
      can(regex("^[a-z][a-z0-9]{0,13}$", user)) && !contains(["default", "nobody"], user)
    ])
    error_message = "users must be one or more, of up to 14 lower case letters and digits each, and none of them default or nobody."
  }
}

variable "login" {
  description = "How users log in: iam, with tokens that their roles sign, or token, a password that is in a secret and rotated."
  type        = string
  default     = "iam"

  validation {
    condition     = contains(["iam", "token"], var.login)
    error_message = "login must be iam or token."
  }
}

variable "limits" {
  description = "What it may hold and do at the most, which bounds its price too: gigabytes of data, and ECPUs a second."
  type        = object({ gigabytes = optional(number, 1), ecpu_per_second = optional(number, 5000) })
  default     = {}

  validation {
    condition = (
      var.limits.gigabytes >= 1 && var.limits.gigabytes <= 5000 &&
      var.limits.ecpu_per_second >= 1000 && var.limits.ecpu_per_second <= 15000000
    )
    error_message = "limits must be 1 to 5000 gigabytes, and 1000 to 15000000 ECPUs a second: ElastiCache takes no others."
  }
}

variable "subnet_ids" {
  description = "Subnets of the cache, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids must be in two zones at least, or the cache is lost with one."
  }
}

variable "security_group_id" {
  description = "Security group of the tier cache."
  type        = string
}

variable "recovery_days" {
  description = "Days in which a deleted token can be had back; 0 deletes at once."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key of what is in the cache, and of the tokens."
  type        = string
}
