variable "name" {
  description = "Name of plan, vaults and role."
  type        = string
}

variable "resource_arns" {
  description = "What is backed up."
  type        = list(string)

  validation {
    condition     = length(var.resource_arns) > 0
    error_message = "A plan without resources backs nothing up."
  }
}

variable "copy_region" {
  description = "The other region."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of the vault here."
  type        = string
}

variable "topic_arn" {
  description = "Topic that is told of failures."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
