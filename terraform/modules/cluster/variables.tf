variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "container_insights" {
  description = "Whether CloudWatch keeps metrics per task; scaling by requests needs them."
  type        = bool
  default     = true
}

variable "kms_key_arn" {
  description = "Key for sessions of ECS Exec."
  type        = string
}
