# What policies allow, reckoned as IAM does, as far as ours go: an explicit denial wins, then an allowance is needed. For tests:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

variable "policies" {
  description = "Policies of one role, as JSON."
  type        = list(string)
}

variable "requests" {
  description = "What is asked, by name: action, ARN, and the values of condition keys."
  type        = map(object({ action = string, resource = string, context = optional(map(string), {}) }))
}

locals {
  statements = flatten([for policy in var.policies : jsondecode(policy).Statement])

  # Each condition as [operator, key, values].
  conditions = [for statement in local.statements : flatten([for operator, keys in try(statement.Condition, {}) : [
    for key, values in keys : { operator = operator, key = key, values = [for value in flatten([values]) : tostring(value)] }
  ]])]

  # Patterns of IAM as regular expressions: everything is literal but * and ?.
  patterns = { for pattern in distinct(flatten([
    local.statements[*].Action, local.statements[*].Resource, [for conditions in local.conditions : conditions[*].values]
  ])) : pattern => "(?i)^${replace(replace(replace(pattern, "/[.+^$(){}|\\[\\]\\\\]/", "\\$0"), "*", ".*"), "?", ".")}$" }

  matching = { for name, request in var.requests : name => [for index, statement in local.statements : statement.Effect if alltrue(concat(
    [
      anytrue([for action in flatten([statement.Action]) : can(regex(local.patterns[action], request.action))]),
      anytrue([for resource in flatten([statement.Resource]) : can(regex(local.patterns[resource], request.resource))]),
    ],
    [for condition in local.conditions[index] : {
      StringEquals    = contains(condition.values, try(request.context[condition.key], "\u0000"))
      StringNotEquals = !contains(condition.values, try(request.context[condition.key], "\u0000"))
      StringNotLike = !anytrue(
        [for value in condition.values : can(regex(local.patterns[value], request.context[condition.key]))]
      )
      ArnLike = anytrue(
        [for value in condition.values : can(regex(local.patterns[value], request.context[condition.key]))]
      )
      "ForAllValues:StringLike" = anytrue(
        [for value in condition.values : can(regex(local.patterns[value], request.context[condition.key]))]
      )
      "ForAnyValue:StringLike" = anytrue(
        [for value in condition.values : can(regex(local.patterns[value], request.context[condition.key]))]
      )
      Null = condition.values == [tostring(!contains(keys(request.context), condition.key))]
    }[condition.operator]],
  ))] }
}

output "allowed" {
  description = "Names of what is allowed."
  value       = toset([for name, effects in local.matching : name if contains(effects, "Allow") && !contains(effects, "Deny")])
}
