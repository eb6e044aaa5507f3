variable "name" {
  description = "Name of the topic and of its key."
  type        = string
}

variable "region" {
  description = "Region of the topic, where it is not the provider's."
  type        = string
  default     = null
}

variable "emails" {
  description = "Addresses that are told of alarms."
  type        = set(string)

  validation {
    condition     = length(var.emails) > 0 && alltrue([for email in var.emails : strcontains(email, "@")])
    error_message = "An alarm that nobody hears is none: give at least one e-mail address."
  }
}
