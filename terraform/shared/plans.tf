# Who may look before anything is applied: a role that plans an environment, from main only, and one for pull requests.

locals {
  # Plans lie beside the states: they have values in them, and artifacts of GitHub are for everybody who reads the repository.
  plans_of = { for name in concat(keys(var.environments), ["shared"]) : name => "${module.state_bucket.arn}/plans/${name}/*" }

  # --- plan: reads the account, keeps the plan, changes nothing; no lock either ----------------------------------------

  plan_statements = { for name in concat(keys(var.environments), ["shared"]) : name => concat(
    [
      { Sid = "Look", Effect = "Allow", Action = local.look, Resource = ["*"] },
      { Sid = "StateList", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [module.state_bucket.arn] },
      { Sid = "ReadState", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["${module.state_bucket.arn}/${name}.tfstate"] },
      { Sid = "KeepPlan", Effect = "Allow", Action = ["s3:PutObject"], Resource = [local.plans_of[name]] },
      { Sid = "StateKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [module.state_key.arn] },
    ],
    # The provider reads a login when it refreshes the version of its secret, and keeps nothing of it.
    [for statement in [
      {
        Sid      = "RefreshLogins"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = ["arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:whc-${name}/*"]
      },
      {
        Sid      = "RefreshLoginsKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = ["arn:${local.partition}:kms:${var.region}:${local.account}:key/*"]
        Condition = {
          StringEquals = { "aws:ResourceTag/environment" = name, "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" }
        }
      },
    ] : statement if name != "shared"],
  ) }

  # --- pull request: compares a branch with the states, without a refresh: no account, no logins, no lock --------------

  pull_request_statements = [
    { Sid = "StateList", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [module.state_bucket.arn] },
    {
      Sid      = "ReadStates"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = [for name in concat(keys(var.environments), ["shared"]) : "${module.state_bucket.arn}/${name}.tfstate"]
    },
    { Sid = "StateKey", Effect = "Allow", Action = ["kms:Decrypt"], Resource = [module.state_key.arn] },
    # Data sources are read without a refresh, too.
    {
      Sid    = "DataSources"
      Effect = "Allow"
      Action = [
        "cloudfront:GetOriginRequestPolicy", "cloudfront:ListOriginRequestPolicies", "ec2:DescribeManagedPrefixLists",
        "ec2:GetManagedPrefixListEntries",
      ]
      Resource = ["*"]
    },
  ]
}
