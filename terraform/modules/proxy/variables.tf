variable "name" {
  description = "Name of the proxy."
  type        = string
}

variable "cluster_identifier" {
  description = "Cluster it leads to."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the proxy, in two zones at least."
  type        = list(string)
}

variable "security_group_id" {
  description = "Security group of the tier proxy."
  type        = string
}

variable "logins" {
  description = "Secrets of the users that may log in through it, by user."
  type        = map(string)

  validation {
    condition     = length(var.logins) > 0
    error_message = "A proxy without logins lets nobody in."
  }
}

variable "iam_login" {
  description = "Whether users log in to the proxy with a token of IAM instead of their password."
  type        = bool
  default     = false
}

variable "kms_key_arn" {
  description = "Key of the secrets."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
