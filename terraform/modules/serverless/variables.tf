variable "name" {
  description = "Name of the function and of the API."
  type        = string
}

variable "package" {
  description = "Zip in S3 with whc-lambda as bootstrap."
  type        = object({ bucket = string, key = string })
}

variable "architecture" {
  description = "Processor the program is for: ARM64 or X86_64."
  type        = string
  default     = "ARM64"
}

variable "memory" {
  description = "Memory in MiB; CPU grows with it."
  type        = number
  default     = 512
}

variable "environment" {
  description = "Variables of docs/CONFIGURATION.md; without a database the list compiled in is served."
  type        = map(string)
  default     = {}
}

variable "permissions" {
  description = "What the program may do in AWS, by statement id."
  type        = map(object({ actions = list(string), resources = list(string) }))
  default     = {}
}

variable "network" {
  description = "Where it runs to reach the database; outside of the network when null."
  type        = object({ subnet_ids = list(string), security_group_id = string })
  default     = null
}

variable "reserved_concurrency" {
  description = <<-TEXT
    Calls at once at the most, which also bounds the connections to the database. Not reserved when null, as the quota of a new
    account needs it.
  TEXT
  type        = number
  default     = null

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= var.provisioned_concurrency
    error_message = "reserved_concurrency must not be less than provisioned_concurrency."
  }
}

variable "provisioned_concurrency" {
  description = "Instances kept warm, paid by the hour; 0 starts them when asked."
  type        = number
  default     = 0
}

variable "live_version" {
  description = "Version the alias names; the one published last when null. A way back names an earlier one."
  type        = string
  default     = null
}

variable "requests_per_second" {
  description = "Requests the API lets through; more are answered with 429."
  type        = number
  default     = 200
}

variable "custom_domain" {
  description = "Name clients use and its certificate in this region; the API's own name when null."
  type        = object({ name = string, certificate_arn = string })
  default     = null
}

variable "log_retention_days" {
  description = "Days the logs are kept."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key of logs and environment."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
