variable "zone_id" {
  description = "Route 53 zone of the names."
  type        = string
}

variable "names" {
  description = "Names to lead to the target."
  type        = set(string)
}

variable "target" {
  description = "What they lead to: its own name and hosted zone, as load balancers, distributions and accelerators tell them."
  type        = object({ dns_name = string, zone_id = string })
}

variable "types" {
  description = "Record types: A, and AAAA where the target has IPv6."
  type        = set(string)
  default     = ["A"]

  validation {
    condition     = length(setsubtract(var.types, ["A", "AAAA"])) == 0
    error_message = "types are A and AAAA."
  }
}
