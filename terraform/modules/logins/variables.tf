variable "name" {
  description = "Prefix of the secrets, such as whc-prod."
  type        = string
}

variable "database" {
  description = "The database itself: the rotation logs in there, past any proxy."
  type        = object({ host = string, port = number, name = string })
}

variable "kms_key_arn" {
  description = "Key of the secrets."
  type        = string
}

variable "recovery_days" {
  description = "Days in which a deleted secret can be had back; 0 deletes at once."
  type        = number
  default     = 30
}
