variable "name" {
  description = "Name of the ACL."
  type        = string
}

variable "scope" {
  description = "What it is for: REGIONAL (a load balancer) or CLOUDFRONT."
  type        = string

  validation {
    condition     = contains(["REGIONAL", "CLOUDFRONT"], var.scope)
    error_message = "scope must be REGIONAL or CLOUDFRONT."
  }
}

variable "load_balancer_arn" {
  description = "Load balancer to protect; only with scope REGIONAL."
  type        = string
  default     = null
}

variable "requests_per_5_minutes" {
  description = "Requests one address may send in five minutes; more are answered with 429."
  type        = number
  default     = 3000

  validation {
    condition     = var.requests_per_5_minutes >= 100
    error_message = "Under 100 requests in five minutes a map with a few layers is blocked."
  }
}

variable "log_retention_days" {
  description = "Days the log of blocked requests is kept."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key the log is encrypted with."
  type        = string
  default     = null
}
