variable "domain" {
  description = "Name clients use, such as heritage.example."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain must be a host name in lower case."
  }
}

variable "alternatives" {
  description = "Further names on the certificate, in the same zone."
  type        = set(string)
  default     = []
}

variable "zone_id" {
  description = "Route 53 zone of the names."
  type        = string
}

variable "region" {
  description = "Region of the certificate, where it is not the provider's; CloudFront needs us-east-1."
  type        = string
  default     = null
}
