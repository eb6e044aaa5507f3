variable "name" {
  description = "Name of the role."
  type        = string

  validation {
    condition     = length(var.name) <= 64
    error_message = "IAM takes 64 characters at the most."
  }
}

variable "description" {
  description = "What the role is for."
  type        = string
}

variable "service" {
  description = "Service that takes it on, such as ecs-tasks.amazonaws.com."
  type        = string

  validation {
    condition     = endswith(var.service, ".amazonaws.com")
    error_message = "service is a principal that ends in .amazonaws.com."
  }
}

variable "statements" {
  description = "What it may do; nothing by default. Resources are ARNs; write * only for what cannot be limited."
  type = list(object({
    sid       = string
    actions   = list(string)
    resources = list(string)
    effect    = optional(string, "Allow")
    condition = optional(map(map(string)))
  }))
  default = []

  validation {
    condition     = !anytrue(flatten([for s in var.statements : [for action in s.actions : action == "*" || endswith(action, ":*")]]))
    error_message = "Name the actions; * allows what nobody thought of."
  }
}

variable "managed_policies" {
  description = "Policies of AWS to attach, without arn:aws:iam::aws:policy/."
  type        = set(string)
  default     = []

  validation {
    condition     = !anytrue([for name in var.managed_policies : strcontains(name, "FullAccess") || endswith(name, "AdministratorAccess")])
    error_message = "No policy that allows everything."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy the role cannot exceed; none when null."
  type        = string
  default     = null
}
