# --- Without a default: nobody else can know them -----------------------------------------------------------------------

variable "domain" {
  description = "Name clients use, such as heritage.example."
  type        = string
}

variable "zone_id" {
  description = "Route 53 zone of the domain."
  type        = string
}

variable "image" {
  description = "Image with its tag, the commit: ACCOUNT.dkr.ecr.REGION.amazonaws.com/whc:COMMIT, or ghcr.io/OWNER/NAME:COMMIT."
  type        = string
}

variable "alarm_emails" {
  description = "Addresses that are told of alarms."
  type        = set(string)
}

# --- Where --------------------------------------------------------------------------------------------------------------

variable "name" {
  description = "Prefix of every name; another one, whc-prod-2, lets a second environment stand beside one whose region is lost."
  type        = string
  default     = "whc-prod"

  validation {
    condition     = startswith(var.name, "whc-prod")
    error_message = "name must begin with whc-prod: the rights of the workflows go by it."
  }
}

variable "registry_credentials_arn" {
  description = "Secret whc-prod/… with username and password of ghcr.io, where the image is there and not public; none when null."
  type        = string
  default     = null
}

variable "region" {
  description = "Region of the environment."
  type        = string
  default     = "eu-west-1"
}

variable "zones" {
  description = "Availability zones, two to four; only append."
  type        = list(string)
  default     = ["eu-west-1a", "eu-west-1b"]
}

variable "copy_region" {
  description = "Region that backups are copied to."
  type        = string
  default     = "eu-central-1"

  validation {
    condition     = var.copy_region != var.region
    error_message = "A copy in the same region is lost with it."
  }
}

variable "cidr" {
  description = "Addresses of the network."
  type        = string
  default     = "10.20.0.0/16"
}

variable "nat" {
  description = "NAT gateways: per_zone, or single to save one at the price of depending on its zone."
  type        = string
  default     = "per_zone"

  validation {
    condition     = contains(["per_zone", "single"], var.nat)
    error_message = "nat must be per_zone or single: tasks of production have no public addresses."
  }
}

variable "interface_endpoints" {
  description = <<-TEXT
    AWS services reached within the network rather than by NAT, about 16 US dollars a month each in two zones. None of them is needed:
    they keep secrets and logs off the NAT gateways, and working when those are away. [] turns them off.
  TEXT
  type        = set(string)
  default     = ["secretsmanager", "ecr.api", "ecr.dkr", "logs"]
}

# --- How requests come in -----------------------------------------------------------------------------------------------

variable "front" {
  description = "What the domain leads to: load_balancer, cloudfront or accelerator."
  type        = string
  default     = "load_balancer"

  validation {
    condition     = contains(["load_balancer", "cloudfront", "accelerator"], var.front)
    error_message = "front must be load_balancer, cloudfront or accelerator."
  }
}

variable "requests_per_5_minutes" {
  description = "Requests one address may send in five minutes."
  type        = number
  default     = 3000
}

# --- Service ------------------------------------------------------------------------------------------------------------

variable "architecture" {
  description = "Processor of tasks: ARM64 or X86_64. The workflow builds functions for ARM64."
  type        = string
  default     = "ARM64"
}

variable "service" {
  description = "Size of a task, bounds of their number, what scales them, and how they are replaced."
  type = object({
    cpu                      = optional(number, 512)
    memory                   = optional(number, 1024)
    min_tasks                = optional(number, 2)
    max_tasks                = optional(number, 10)
    target_requests_per_task = optional(number, 30000)
    deployment_strategy      = optional(string, "BLUE_GREEN")
  })
  default = {}

  validation {
    condition     = var.service.min_tasks >= 2
    error_message = "Production needs two tasks: one of them may be lost with its zone."
  }
}

variable "service_environment" {
  description = "Further variables of docs/CONFIGURATION.md."
  type        = map(string)
  default     = {}
}

variable "service_secrets" {
  description = <<-TEXT
    Variables of docs/CONFIGURATION.md whose values are in secrets whc-prod/…, such as those of a provider of logins:
    GOOGLE_CLIENT_SECRET = "ARN:client_secret::" for one key of a secret in JSON, APPLE_PRIVATE_KEY = "ARN" for a whole one.
  TEXT
  type        = map(string)
  default     = {}

  validation {
    condition = alltrue([for value in values(var.service_secrets) :
      can(regex("^arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:whc-prod[^:]*/[^:]+(:[^:]*:[^:]*:[^:]*)?$", value))
    ])
    error_message = "service_secrets must be ARNs of secrets whc-prod/…, perhaps with :KEY::; a value does not belong into a variable."
  }
}

variable "tokens" {
  description = <<-TEXT
    Whose tokens count: a secret whc-prod/… with public keys in PEM (AUTH_KEYS), or where the issuer publishes them (AUTH_JWKS_URL), and
    what they are checked against. With neither none counts: contacts and the audit are closed.
  TEXT
  type = object({
    keys_arn       = optional(string)
    jwks_url       = optional(string)
    issuer         = optional(string)
    audience       = optional(string)
    default_scopes = optional(string)
  })
  default = {}
}

variable "snapshot_start" {
  description = "What a task does that starts while the database is away: fail, or embedded for when it is lost."
  type        = string
  default     = "fail"
}

# --- Database -----------------------------------------------------------------------------------------------------------

variable "database" {
  description = "Instances of the cluster, its capacity units, and the snapshot a new one begins with."
  type = object({
    instances    = optional(number, 2)
    min_capacity = optional(number, 0.5)
    max_capacity = optional(number, 4)
    restore_from = optional(string)
  })
  default = {}

  validation {
    condition     = var.database.instances >= 2
    error_message = "Production needs two instances: one takes over when the other fails."
  }
}

variable "database_iam_login" {
  description = "Whether the service logs in with tokens of IAM instead of a password."
  type        = bool
  default     = false
}

variable "rotation_schedule" {
  description = "When passwords change."
  type        = string
  default     = "rate(30 days)"
}

# --- Cache --------------------------------------------------------------------------------------------------------------

variable "cache" {
  description = <<-TEXT
    What processes share, Valkey: how they log in (iam, or token, which is a password), and what it may hold and do at the most. When
    null there is none: every process keeps its answers to itself, and logins are lost with the process that knows them.
  TEXT
  type = object({
    login  = optional(string, "iam")
    limits = optional(object({ gigabytes = optional(number, 1), ecpu_per_second = optional(number, 5000) }), {})
  })
  default = {}
}

# --- Functions ----------------------------------------------------------------------------------------------------------

variable "functions" {
  description = "Commit whose functions run, a folder of the bucket whc-packages-ACCOUNT; none of them, and no rotation, when null."
  type        = string
  default     = null

  validation {
    condition     = var.functions == null || can(regex("^[0-9a-f]{40}$", var.functions))
    error_message = "functions must be a commit in full: what a shorter or a moving name stands for could change unseen."
  }
}

variable "serverless" {
  description = "Whether whc-lambda answers beside the service."
  type        = bool
  default     = false

  validation {
    condition     = !var.serverless || var.functions != null
    error_message = "serverless needs functions: the commit whose whc-lambda answers."
  }
}

variable "serverless_environment" {
  description = "Its variables of docs/CONFIGURATION.md."
  type        = map(string)
  default     = {}
}

variable "serverless_version" {
  description = "Version of it that answers; the one published last when null. A way back names an earlier one."
  type        = string
  default     = null
}

variable "serverless_warm" {
  description = "Instances of it kept warm."
  type        = number
  default     = 0
}

variable "reserved_concurrency" {
  description = <<-TEXT
    Calls at once of whc-lambda and of the rotation, reserved and at the most. None until Service Quotas shows more than 110 for the
    account.
  TEXT
  type        = object({ serverless = optional(number), rotation = optional(number) })
  default     = {}
}

# --- Operations ---------------------------------------------------------------------------------------------------------

variable "log_retention_days" {
  description = "Days logs are kept."
  type        = number
  default     = 90
}

variable "usd_per_month" {
  description = "What it may cost in a month."
  type        = number
  default     = 500
}
