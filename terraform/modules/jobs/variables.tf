variable "name" {
  description = "Prefix of the tasks, such as whc-prod."
  type        = string
}

variable "image" {
  description = "Image with its tag, the same as that of the service."
  type        = string
}

variable "registry_credentials_arn" {
  description = <<-TEXT
    Secret with username and password of the registry the image comes from, where it is not ECR, such as ghcr.io; none when null.
  TEXT
  type        = string
  default     = null
}

variable "repository_arns" {
  description = "ECR repositories the image comes from."
  type        = list(string)
}

variable "architecture" {
  description = "Processor: ARM64 or X86_64."
  type        = string
  default     = "ARM64"
}

variable "database" {
  description = "The database itself, not a proxy, and the secret of its master user."
  type        = object({ host = string, port = number, name = string, master_secret_arn = string })
}

variable "logins" {
  description = "Users to make: their secret, with the keys username and password, and their role of migrations/roles.sql."
  type        = map(object({ secret_arn = string, role = string }))

  validation {
    condition     = alltrue([for user in keys(var.logins) : can(regex("^[a-z_]{3,30}$", user))])
    error_message = "Users are lower case letters and underscores."
  }

  validation {
    condition     = alltrue([for login in values(var.logins) : contains(["whc_reader", "whc_writer", "whc_desk"], login.role)])
    error_message = "Only whc_reader, whc_writer and whc_desk: nobody but migrations is the owner."
  }
}

variable "import_login" {
  description = "The login that imports."
  type        = string

  validation {
    condition     = try(var.logins[var.import_login].role, "") == "whc_writer"
    error_message = "import_login must be one of logins with the role whc_writer."
  }
}

variable "psql_image" {
  description = "Image with psql, and with wget for the authorities of RDS."
  type        = string
  default     = "public.ecr.aws/docker/library/postgres:17-alpine"
}

variable "aws_cli_image" {
  description = "Image with the AWS command line."
  type        = string
  default     = "public.ecr.aws/aws-cli/aws-cli:2.31.0"
}

variable "log_retention_days" {
  description = "Days the logs are kept."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key of logs, secrets and the import bucket."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
