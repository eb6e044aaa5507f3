variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "environment" {
  description = "Value of the tag environment, by which the budget counts."
  type        = string
}

variable "emails" {
  description = "Addresses that are told of alarms."
  type        = set(string)
}

variable "domain" {
  description = "Name clients use, which the canary asks."
  type        = string
}

variable "cluster_name" {
  description = "ECS cluster."
  type        = string
}

variable "service" {
  description = "The module service."
  type        = object({ name = string, arn = string, log_group = string, target_groups = map(string) })
}

variable "load_balancer_arn_suffix" {
  description = "What metrics call the load balancer."
  type        = string
}

variable "database" {
  description = "Database: cluster or instance, its name, and how many connections are too many."
  type        = object({ kind = string, identifier = string, max_connections = number })
}

variable "proxy_name" {
  description = "RDS Proxy; none when null."
  type        = string
  default     = null
}

variable "cache" {
  description = "Cache: its name, how much it may hold, and how many connections are too many; none when null."
  type        = object({ name = string, gigabytes = number, max_connections = number })
  default     = null
}

variable "functions" {
  description = "Lambda functions by purpose, such as rotation."
  type        = map(string)
  default     = {}
}

variable "usd_per_month" {
  description = "What it may cost in a month."
  type        = number
}
