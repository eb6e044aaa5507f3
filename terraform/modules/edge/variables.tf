variable "name" {
  description = "Name of the load balancer; also begins the name of the log bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 32 lower case letters, digits and hyphens."
  }
}

variable "subnet_ids" {
  description = "Subnets in two zones at least: public ones, or private ones where it is internal."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A load balancer needs subnets in two zones."
  }
}

variable "internal" {
  description = "Whether it has private addresses only, because CloudFront reaches it from within the network (VPC origin)."
  type        = bool
  default     = false
}

variable "security_group_id" {
  description = "Security group of the tier edge."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the names clients use."
  type        = string
}

variable "idle_timeout_seconds" {
  description = "How long a connection may idle. The service must wait longer, or answers are lost in between (502)."
  type        = number
  default     = 60

  validation {
    condition     = var.idle_timeout_seconds >= 10 && var.idle_timeout_seconds <= 300
    error_message = "idle_timeout_seconds must be 10 to 300."
  }
}

variable "private_paths" {
  description = "Paths answered with 404 before they reach the service."
  type        = list(string)
  default     = ["/metrics"]
}

variable "deletion_protection" {
  description = "Whether the load balancer must be unlocked before it can be deleted."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "Days access logs are kept."
  type        = number
  default     = 90
}
