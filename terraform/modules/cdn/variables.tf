variable "name" {
  description = "Name of the distribution's cache policy, and its comment."
  type        = string
}

variable "domains" {
  description = "Names clients use."
  type        = set(string)
}

variable "load_balancer" {
  description = "Internal load balancer: ARN, and its own name."
  type        = object({ arn = string, dns_name = string })
}

variable "certificate_arn" {
  description = "Certificate of the names, in us-east-1."
  type        = string

  validation {
    condition     = strcontains(var.certificate_arn, ":us-east-1:")
    error_message = "CloudFront takes certificates of us-east-1 only."
  }
}

variable "web_acl_arn" {
  description = "Firewall of scope CLOUDFRONT."
  type        = string
}

variable "price_class" {
  description = "Where in the world it answers from: PriceClass_100, PriceClass_200 or PriceClass_All."
  type        = string
  default     = "PriceClass_All"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class must be PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}
