variable "name" {
  description = "Name of the accelerator."
  type        = string
}

variable "region" {
  description = "Region of the load balancer."
  type        = string
}

variable "load_balancer_arn" {
  description = "Load balancer it leads to."
  type        = string
}
