# What workflows may do: no keys that live long, a role for each purpose, taken on only from its GitHub environment; what is applied
# has been planned by a role that can change nothing.

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

# --- What tokens call the repository: by its numbers, or as they did before, by its names --------------------------------
# https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/ : repositories created or
# renamed on or after 15 July 2026 send repo:OWNER@ID/NAME@ID. Never a wildcard: who owns a name today may not tomorrow.

locals {
  subject_prefixes = [for form in sort(var.github_subjects) : form == "names" ? "repo:${var.github_repository}" : join("", [
    "repo:${split("/", var.github_repository)[0]}@${var.github_repository_ids.owner}",
    "/${split("/", var.github_repository)[1]}@${var.github_repository_ids.repository}",
  ])]
}

# --- The roles: what a token must be for, and policies of permissions.tf and plans.tf -------------------------------------------------

locals {
  roles = merge(
    {
      shared   = { context = "environment:shared", policies = ["shared"] }
      registry = { context = "environment:registry", policies = ["registry"] }
      # A pull request from a fork gets no token at all: https://docs.github.com/en/actions/reference/security/oidc
      pull-request = { context = "pull_request", policies = ["pull-request"] }
    },
    { for name in keys(local.plan_statements) : "plan-${name}" => { context = "environment:${name}-plan", policies = ["plan-${name}"] } },
    { for name in keys(var.environments) : "infrastructure-${name}" => {
      context  = "environment:${name}"
      policies = ["infrastructure-${name}", "foundations-${name}", "guard-${name}"]
    } },
    { for name in keys(var.environments) : "deploy-${name}" => { context = "environment:${name}", policies = ["deploy-${name}"] } },
  )

  attachments = merge(
    [for role, settings in local.roles : { for policy in settings.policies : "${role} ${policy}" => { role = role, policy = policy } }]...
  )
}

resource "aws_iam_role" "github" {
  for_each = local.roles

  name                 = "whc-github-${each.key}"
  description          = "Workflows of ${var.github_repository}, ${each.value.context}"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = [for prefix in local.subject_prefixes : "${prefix}:${each.value.context}"]
        }
      }
    }]
  })
}

resource "aws_iam_policy" "github" {
  #checkov:skip=CKV_AWS_286:roles below /whc/ can be made only with the boundary, which holds no IAM
  #checkov:skip=CKV_AWS_287:guard denies reading the master's secret; logins are read by the provider when it refreshes
  #checkov:skip=CKV_AWS_288:as above
  #checkov:skip=CKV_AWS_289:IAM is limited to roles below /whc/ with the boundary
  #checkov:skip=CKV_AWS_290:what makes a network, a database or a certificate cannot name it beforehand; regions are limited
  #checkov:skip=CKV_AWS_355:as above
  for_each = local.policies

  name   = "whc-github-${each.key}"
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

resource "aws_iam_role_policy_attachment" "github" {
  for_each = local.attachments

  role       = aws_iam_role.github[each.value.role].name
  policy_arn = aws_iam_policy.github[each.value.policy].arn
}
