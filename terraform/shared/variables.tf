variable "region" {
  description = "Region of state, images and the environments."
  type        = string
  default     = "eu-west-1"
}

variable "copy_region" {
  description = "Region that backups are copied to."
  type        = string
  default     = "eu-central-1"

  validation {
    condition     = var.copy_region != var.region
    error_message = "A copy in the same region is none."
  }
}

variable "github_repository" {
  description = "Repository whose workflows may deploy, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository must be owner/name, without wildcards."
  }
}

variable "environments" {
  description = "Environments that workflows may deploy to; each is a GitHub environment with the approvals it needs."
  type        = set(string)
  default     = ["demo", "prod"]

  validation {
    condition     = alltrue([for name in var.environments : can(regex("^[a-z]{2,10}$", name))])
    error_message = "Environments are named by two to ten lower case letters."
  }

  # Its workflows get every right over the buckets whc-NAME-*, and its GitHub environment is NAME.
  validation {
    condition     = length(setintersection(var.environments, ["packages", "registry", "shared", "state", "trail"])) == 0
    error_message = "packages, registry, shared, state and trail are names of what environments share."
  }
}
