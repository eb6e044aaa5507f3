variable "name" {
  description = "Prefix of every name, such as whc-prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.name))
    error_message = "name must be 2 to 21 lower case letters, digits and hyphens."
  }
}

variable "cidr" {
  description = "Addresses of the network; a /16 to /20."
  type        = string

  validation {
    condition = (
      can(cidrhost(var.cidr, 0)) &&
      try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 20, false)
    )
    error_message = "cidr must be an IPv4 block from /16 to /20."
  }
}

variable "zones" {
  description = "Availability zones, two to four; their order gives the addresses, so only append."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 4 && length(distinct(var.zones)) == length(var.zones)
    error_message = "zones must be two to four different availability zones."
  }
}

variable "nat" {
  description = "NAT gateways: per_zone, single, or none (then tasks need public addresses to fetch their image)."
  type        = string

  validation {
    condition     = contains(["per_zone", "single", "none"], var.nat)
    error_message = "nat must be per_zone, single or none."
  }
}

variable "interface_endpoints" {
  description = "AWS services reached by an endpoint in the network rather than over NAT."
  type        = set(string)
  default     = ["secretsmanager", "ecr.api", "ecr.dkr", "logs"]
}

variable "database_proxy" {
  description = "Whether the service reaches the database through RDS Proxy only."
  type        = bool
}

variable "cache" {
  description = "Whether there is a cache, which the service and functions reach."
  type        = bool
  default     = false
}

variable "edge_open_to" {
  description = "Who reaches the load balancer: internet, or cloudfront alone."
  type        = string
  default     = "internet"

  validation {
    condition     = contains(["internet", "cloudfront"], var.edge_open_to)
    error_message = "edge_open_to must be internet or cloudfront."
  }
}

variable "app_port" {
  description = "Port the service listens on."
  type        = number
  default     = 4000
}

variable "flow_log_traffic" {
  description = "What flow logs keep: ALL, ACCEPT or REJECT."
  type        = string
  default     = "ALL"

  validation {
    condition     = contains(["ALL", "ACCEPT", "REJECT"], var.flow_log_traffic)
    error_message = "flow_log_traffic must be ALL, ACCEPT or REJECT."
  }
}

variable "log_retention_days" {
  description = "Days flow logs are kept."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key the flow logs are encrypted with."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
