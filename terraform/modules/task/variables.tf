variable "name" {
  description = "Name of the task, its log group and its roles."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "name must be 2 to 41 lower case letters, digits and hyphens."
  }
}

variable "containers" {
  description = <<-TEXT
    What runs in it. secrets are ARNs, with :key:: behind them for one key of a JSON secret. after names containers that
    must have ended well before. credentials_arn is a secret with the username and password of a registry other than ECR. scratch_path
    is where an empty folder shared by the containers is writable for root.
  TEXT
  type = list(object({
    name                 = string
    image                = string
    entry_point          = list(string)
    command              = list(string)
    environment          = optional(map(string), {})
    secrets              = optional(map(string), {})
    port                 = optional(number)
    health_command       = optional(list(string))
    stop_timeout_seconds = optional(number, 30)
    user                 = optional(string, "65532:65532")
    essential            = optional(bool, true)
    after                = optional(list(string), [])
    scratch_path         = optional(string)
    credentials_arn      = optional(string)
  }))

  validation {
    condition = alltrue(
      [for container in var.containers : !endswith(container.image, ":latest") && can(regex("[:@][^/]+$", container.image))]
    )
    error_message = "Every image needs a tag or a digest that says which one it is, so not :latest."
  }

  validation {
    condition     = alltrue([for container in var.containers : container.stop_timeout_seconds <= 120])
    error_message = "Fargate waits 120 seconds at most before it kills a container."
  }

  validation {
    condition = alltrue(
      [for container in var.containers : !anytrue([for name in keys(container.environment) : endswith(name, "PASSWORD")])]
    )
    error_message = "A password belongs into secrets, not into the environment, where everybody who sees the task reads it."
  }
}

variable "cpu" {
  description = "CPU units; 1024 are one vCPU."
  type        = number
  default     = 256

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "cpu must be 256, 512, 1024, 2048 or 4096."
  }
}

variable "memory" {
  description = "Memory in MiB, as Fargate allows with the CPU."
  type        = number
  default     = 512
}

variable "architecture" {
  description = "Processor the image is for: ARM64 or X86_64."
  type        = string
  default     = "ARM64"

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "architecture must be ARM64 or X86_64."
  }
}

variable "repository_arns" {
  description = "ECR repositories the images come from; none for public images."
  type        = list(string)
  default     = []
}

variable "permissions" {
  description = "What the program may do in AWS, by statement id."
  type        = map(object({ actions = list(string), resources = list(string) }))
  default     = {}
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key of the log and the secrets."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}

variable "sessions_key_arn" {
  description = "Key of sessions, where operators may open them in these tasks (ECS Exec); none when null."
  type        = string
  default     = null
}

variable "authorities_image" {
  description = <<-TEXT
    The image postgres:17-alpine, which has wget and the public authorities; when given, the containers find those of RDS in
    /authorities/rds.pem. It is used for its volume, too, which the user postgres may write to.
  TEXT
  type        = string
  default     = null
}
