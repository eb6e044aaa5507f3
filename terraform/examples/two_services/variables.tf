variable "name" {
  description = "Prefix of every name."
  type        = string
  default     = "whc-two"
}

variable "domain" {
  description = "Name of whc; the other service is own.DOMAIN."
  type        = string
}

variable "zone_id" {
  description = "Route 53 zone of the domain."
  type        = string
}

variable "zones" {
  description = "Availability zones, two to four."
  type        = list(string)
}

variable "image" {
  description = "Image of whc with its tag."
  type        = string
}

variable "own_image" {
  description = "Image of the other service with its tag."
  type        = string
}

variable "own_program" {
  description = "Program in it, which takes `serve` and `healthcheck`, listens on PORT and answers /livez."
  type        = string
}

variable "repository_arns" {
  description = "ECR repositories the images come from."
  type        = list(string)
}
