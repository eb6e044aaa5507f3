variable "name" {
  description = "Name of the budget."
  type        = string
}

variable "environment" {
  description = "Value of the tag environment on what is counted."
  type        = string
}

variable "usd_per_month" {
  description = "US dollars a month."
  type        = number

  validation {
    condition     = var.usd_per_month > 0
    error_message = "usd_per_month must be over 0."
  }
}

variable "topic_arn" {
  description = "Topic that is told."
  type        = string
}
