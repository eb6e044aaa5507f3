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

variable "github_repository_ids" {
  description = <<-TEXT
    Numbers by which GitHub knows the owner and the repository; they outlive every name. docs/OPERATIONS.md tells how to read them.
  TEXT
  type        = object({ owner = string, repository = string })
  default     = null

  validation {
    condition = (
      var.github_repository_ids == null ||
      alltrue([for id in values(coalesce(var.github_repository_ids, {})) : can(regex("^[0-9]+$", id))])
    )
    error_message = "Both ids are numbers."
  }
}

variable "github_subjects" {
  description = <<-TEXT
    What tokens of the repository call it: ids (OWNER@ID/NAME@ID, every repository made or renamed since 15 July 2026, and those
    that opted in) or names (OWNER/NAME, the others). Both only while a repository goes over from one to the other.
  TEXT
  type        = set(string)
  default     = ["ids"]

  validation {
    condition     = length(var.github_subjects) > 0 && length(setsubtract(var.github_subjects, ["ids", "names"])) == 0
    error_message = "github_subjects are ids, names, or both."
  }

  validation {
    condition     = !contains(var.github_subjects, "ids") || var.github_repository_ids != null
    error_message = "github_subjects has ids, so give github_repository_ids; a repository with the older subjects says [\"names\"]."
  }
}

variable "environments" {
  description = <<-TEXT
    Environments that workflows may deploy to, by name: each is a GitHub environment with the approvals it needs, and has a domain.
  TEXT
  type        = map(object({ domain = string }))

  validation {
    condition     = alltrue([for name in keys(var.environments) : can(regex("^[a-z]{2,10}$", name))])
    error_message = "Environments are named by two to ten lower case letters."
  }

  # Its workflows get every right over the buckets whc-NAME-*, and its GitHub environment is NAME.
  validation {
    condition     = length(setintersection(keys(var.environments), ["packages", "registry", "shared", "state", "trail"])) == 0
    error_message = "packages, registry, shared, state and trail are names of what environments share."
  }

  # Rights go by whc-NAME and what follows it, so that whc-prod-2 may stand beside whc-prod.
  validation {
    condition = !anytrue([for pair in setproduct(keys(var.environments), keys(var.environments)) :
      pair[0] != pair[1] && startswith(pair[0], pair[1])
    ])
    error_message = "No environment's name may begin with that of another: its workflows would reach the other."
  }

  validation {
    condition     = length(distinct(values(var.environments)[*].domain)) == length(var.environments)
    error_message = "Each environment needs a domain of its own."
  }
}
