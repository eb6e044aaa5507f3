variable "name" {
  description = "Prefix of health check, topic and alarm."
  type        = string
}

variable "domain" {
  description = "Name clients use."
  type        = string
}

variable "emails" {
  description = "Addresses that are told."
  type        = set(string)
}
