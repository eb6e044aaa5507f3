# --- Without a default: nobody else can know them -----------------------------------------------------------------------

variable "domain" {
  description = "Name clients use, such as demo.heritage.example."
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

# --- With one -----------------------------------------------------------------------------------------------------------

variable "registry_credentials_arn" {
  description = "Secret whc-demo/… with username and password of ghcr.io, where the image is there and not public; none when null."
  type        = string
  default     = null
}

variable "service_secrets" {
  description = <<-TEXT
    Variables of docs/CONFIGURATION.md whose values are in secrets whc-demo/…, such as those of a provider of logins:
    GOOGLE_CLIENT_SECRET = "ARN:client_secret::" for one key of a secret in JSON, APPLE_PRIVATE_KEY = "ARN" for a whole one.
  TEXT
  type        = map(string)
  default     = {}

  validation {
    condition = alltrue([for value in values(var.service_secrets) :
      can(regex("^arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:whc-demo[^:]*/[^:]+(:[^:]*:[^:]*:[^:]*)?$", value))
    ])
    error_message = "service_secrets must be ARNs of secrets whc-demo/…, perhaps with :KEY::; a value does not belong into a variable."
  }
}

variable "tokens" {
  description = <<-TEXT
    Whose tokens count: a secret whc-demo/… with public keys in PEM (AUTH_KEYS), or where the issuer publishes them (AUTH_JWKS_URL), and
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

variable "region" {
  description = "Region of the environment."
  type        = string
  default     = "eu-west-1"
}

variable "zones" {
  description = "Availability zones; a load balancer needs two."
  type        = list(string)
  default     = ["eu-west-1a", "eu-west-1b"]
}

variable "deletion_protection" {
  description = "Whether the database must be unlocked before it can be deleted, and leaves a snapshot then."
  type        = bool
  default     = true
}

variable "usd_per_month" {
  description = "What it may cost in a month."
  type        = number
  default     = 70
}
