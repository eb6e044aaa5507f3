# --- What runs ----------------------------------------------------------------------------------------------------------

variable "name" {
  description = "Name of the service, its task, target groups and log group."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,24}$", var.name))
    error_message = "name must be 2 to 25 lower case letters, digits and hyphens."
  }
}

variable "image" {
  description = "Image with its tag, the commit."
  type        = string
}

variable "program" {
  description = "Path of the program in the image. It is run as `PROGRAM serve`, and asked by `PROGRAM healthcheck` whether it lives."
  type        = string
  default     = "/usr/local/bin/whc"

  validation {
    condition     = startswith(var.program, "/")
    error_message = "program is a whole path: images like ours have no shell to look for it."
  }
}

variable "registry_credentials_arn" {
  description = <<-TEXT
    Secret with username and password of the registry the image comes from, where it is not ECR, such as ghcr.io; none when null.
  TEXT
  type        = string
  default     = null
}

variable "repository_arns" {
  description = "ECR repositories the image comes from."
  type        = list(string)
}

variable "architecture" {
  description = "Processor: ARM64 or X86_64; the image is for both."
  type        = string
  default     = "ARM64"
}

variable "cpu" {
  description = "CPU units of a task; 1024 are one vCPU."
  type        = number
  default     = 256
}

variable "memory" {
  description = "Memory of a task in MiB."
  type        = number
  default     = 512
}

variable "environment" {
  description = "Further variables of docs/CONFIGURATION.md; they win over those of this module."
  type        = map(string)
  default     = {}

  validation {
    condition     = !anytrue([for name in keys(var.environment) : name == "WHC_ENV" || startswith(name, "DISABLE_AUTH")])
    error_message = "Who asks is always checked here: DISABLE_AUTH is for a server on your own machine, and WHC_ENV is production."
  }
}

variable "tokens" {
  description = <<-TEXT
    Whose tokens count: the ARN of a secret with public keys in PEM, with commas between them, which ECS gives to the tasks it starts
    (AUTH_KEYS), or where the issuer publishes its keys (AUTH_JWKS_URL), or both; and what tokens are checked against (AUTH_ISSUER,
    AUTH_AUDIENCE), and the scopes of those that name none (AUTH_DEFAULT_SCOPES). Without keys no token counts.
  TEXT
  type = object({
    keys_arn       = optional(string)
    jwks_url       = optional(string)
    issuer         = optional(string)
    audience       = optional(string)
    default_scopes = optional(string)
  })
  default = {}

  validation {
    condition     = var.tokens.keys_arn == null || can(regex("^arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:", var.tokens.keys_arn))
    error_message = "tokens.keys_arn must be the ARN of a secret; a key itself does not belong into a variable."
  }

  validation {
    condition = var.tokens.jwks_url == null || (
      can(regex("^https://", var.tokens.jwks_url)) && var.tokens.issuer != null && var.tokens.audience != null
    )
    error_message = "tokens.jwks_url must begin with https:// and needs issuer and audience: an issuer signs for many."
  }

  validation {
    condition = var.tokens.keys_arn != null || var.tokens.jwks_url != null || alltrue(
      [for check in [var.tokens.issuer, var.tokens.audience, var.tokens.default_scopes] : check == null]
    )
    error_message = "tokens need keys_arn or jwks_url: without keys none counts, and the program does not start with checks for nothing."
  }
}

variable "secrets" {
  description = "Variables whose values ECS takes from Secrets Manager when a task starts: ARN, with :key:: for one key."
  type        = map(string)
  default     = {}
}

variable "permissions" {
  description = "What the program may do in AWS, by statement id."
  type        = map(object({ actions = list(string), resources = list(string) }))
  default     = {}
}

variable "authorities_image" {
  description = "Image with wget; when given, the authorities of RDS are in /authorities/rds.pem. A proxy's are the public ones."
  type        = string
  default     = null
}

variable "public_url" {
  description = "Where clients reach the service (PUBLIC_URL)."
  type        = string

  validation {
    condition     = startswith(var.public_url, "https://")
    error_message = "public_url must begin with https://."
  }
}

variable "snapshot_start" {
  description = <<-TEXT
    What a task does that starts while the database is away (SNAPSHOT_START). fail: it ends, so a deployment that cannot
    read the database is rolled back. embedded: it answers from the list compiled in, for when the database is lost.
  TEXT
  type        = string
  default     = "fail"

  validation {
    condition     = contains(["fail", "wait", "embedded"], var.snapshot_start)
    error_message = "snapshot_start must be fail, wait or embedded."
  }
}

# --- Where it runs ------------------------------------------------------------------------------------------------------

variable "cluster" {
  description = "ECS cluster."
  type        = object({ arn = string, name = string })
}

variable "vpc_id" {
  description = "Network."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the tasks."
  type        = list(string)
}

variable "security_group_id" {
  description = "Security group of the tier app."
  type        = string
}

variable "assign_public_ip" {
  description = "Whether tasks have public addresses; only where there is no NAT."
  type        = bool
  default     = false
}

variable "capacity" {
  description = "Capacity providers: tasks that are always on each (base) and its share of the rest (weight)."
  type        = map(object({ base = number, weight = number }))
  default     = { FARGATE = { base = 0, weight = 1 } }

  validation {
    condition     = length(setsubtract(keys(var.capacity), ["FARGATE", "FARGATE_SPOT"])) == 0
    error_message = "capacity providers are FARGATE and FARGATE_SPOT."
  }
}

# --- How requests reach it ----------------------------------------------------------------------------------------------

variable "port" {
  description = "Port the program listens on."
  type        = number
  default     = 4000
}

variable "hosts" {
  description = "Names whose requests are for this service."
  type        = list(string)

  validation {
    condition     = length(var.hosts) >= 1 && length(var.hosts) <= 5
    error_message = "A rule takes one to five names."
  }
}

variable "priority" {
  description = <<-TEXT
    Place of its rule among those of the listener, each of which is another service's; the lowest number that fits a request serves
    it.
  TEXT
  type        = number
  default     = 100

  validation {
    condition     = var.priority >= 2 && var.priority <= 50000
    error_message = "priority must be 2 to 50000; 1 closes the private paths (module edge)."
  }
}

variable "load_balancer" {
  description = "Load balancer: its HTTPS listener, what metrics call it, and how long connections may idle."
  type        = object({ listener_arn = string, arn_suffix = string, idle_timeout_seconds = number })
}

# --- How it stops and is replaced ---------------------------------------------------------------------------------------

variable "shutdown_delay_seconds" {
  description = "After SIGTERM: how long everything is still accepted (SHUTDOWN_DELAY_SECONDS)."
  type        = number
  default     = 5
}

variable "shutdown_timeout_seconds" {
  description = "After that: how long requests under way may take (SHUTDOWN_TIMEOUT_SECONDS)."
  type        = number
  default     = 20
}

variable "stop_timeout_seconds" {
  description = "What ECS waits between SIGTERM and SIGKILL."
  type        = number
  default     = 30

  validation {
    condition = (
      var.stop_timeout_seconds >= var.shutdown_delay_seconds + var.shutdown_timeout_seconds + 3 &&
      var.stop_timeout_seconds <= 120
    )
    error_message = "stop_timeout_seconds must be 3 more than shutdown_delay_seconds and shutdown_timeout_seconds together, 120 at most."
  }
}

variable "deployment_strategy" {
  description = "ROLLING, or BLUE_GREEN: all new tasks first, then all requests at once, the old tasks kept for bake_minutes."
  type        = string
  default     = "ROLLING"

  validation {
    condition     = contains(["ROLLING", "BLUE_GREEN"], var.deployment_strategy)
    error_message = "deployment_strategy must be ROLLING or BLUE_GREEN."
  }
}

variable "bake_minutes" {
  description = "How long the old tasks stay after a blue/green shift, for a way back in seconds."
  type        = number
  default     = 10
}

variable "enable_exec" {
  description = "Whether operators may open sessions in tasks (ECS Exec): their files can be written then. The release image has no shell."
  type        = bool
  default     = false
}

# --- How many -----------------------------------------------------------------------------------------------------------

variable "min_tasks" {
  description = "Tasks that always run."
  type        = number

  validation {
    condition     = var.min_tasks >= 1
    error_message = "min_tasks must be 1 at least."
  }
}

variable "max_tasks" {
  description = "Tasks that run at most."
  type        = number

  validation {
    condition     = var.max_tasks >= var.min_tasks
    error_message = "max_tasks must not be less than min_tasks."
  }
}

variable "target_cpu_percent" {
  description = "CPU use the number of tasks aims at."
  type        = number
  default     = 60
}

variable "target_requests_per_task" {
  description = "Requests a minute and task it aims at; needs Container Insights. Only CPU counts when null."
  type        = number
  default     = null
}

# --- Log and keys -------------------------------------------------------------------------------------------------------

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Key of the log and the secrets."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "Policy no role made here can exceed; none when null."
  type        = string
  default     = null
}
