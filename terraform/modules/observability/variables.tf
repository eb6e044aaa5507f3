variable "name" {
  description = "Prefix of alarms and dashboard."
  type        = string
}

variable "topic_arn" {
  description = "Topic that is told."
  type        = string
}

variable "service" {
  description = "ECS service: cluster, name, ARN, log group."
  type        = object({ cluster_name = string, service_name = string, service_arn = string, log_group = string })
}

variable "load_balancer" {
  description = "What metrics call the load balancer and its target groups, by colour."
  type        = object({ arn_suffix = string, target_groups = map(string) })
}

variable "database" {
  description = "Database: cluster or instance, its name, and how many connections are too many."
  type        = object({ kind = string, identifier = string, max_connections = number })

  validation {
    condition     = contains(["cluster", "instance"], var.database.kind)
    error_message = "kind must be cluster or instance."
  }
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
