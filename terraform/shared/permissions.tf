# The policies of the roles that workflows take on, one block each.

locals {
  policies = merge(
    { shared = local.shared_statements, registry = local.registry_statements },
    { for name in var.environments : "infrastructure-${name}" => local.infrastructure_statements[name] },
    { for name in var.environments : "guard-${name}" => local.guard_statements },
    { for name in var.environments : "deploy-${name}" => local.deploy_statements[name] },
  )

  in_our_regions = { StringEquals = { "aws:RequestedRegion" = [var.region, var.copy_region, "us-east-1", "us-west-2"] } }
  boundary_arn   = "arn:${local.partition}:iam::${local.account}:policy/whc/whc-boundary"

  # --- State of one environment ---------------------------------------------------------------------------------------

  state_statements = { for name in setunion(var.environments, ["shared"]) : name => [
    { Sid = "StateList", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [module.state_bucket.arn] },
    {
      Sid      = "State"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      Resource = ["${module.state_bucket.arn}/${name}.tfstate", "${module.state_bucket.arn}/${name}.tfstate.tflock"]
    },
    { Sid = "StateKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [module.state_key.arn] },
  ] }

  # --- shared: registry, trail and state; who may do what is read only, and changed by a person -----------------------

  shared_statements = concat(local.state_statements["shared"], [
    { Sid = "Registry", Effect = "Allow", Action = ["ecr:*"], Resource = [aws_ecr_repository.this.arn] },
    { Sid = "Buckets", Effect = "Allow", Action = ["s3:Get*", "s3:List*", "s3:PutBucket*", "s3:PutLifecycleConfiguration", "s3:PutEncryptionConfiguration"], Resource = [module.state_bucket.arn, module.trail_bucket.arn, module.packages_bucket.arn] },
    { Sid = "Trail", Effect = "Allow", Action = ["cloudtrail:Get*", "cloudtrail:Describe*", "cloudtrail:List*", "cloudtrail:UpdateTrail", "cloudtrail:AddTags"], Resource = ["*"] },
    { Sid = "Keys", Effect = "Allow", Action = ["kms:Describe*", "kms:Get*", "kms:List*", "kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:TagResource"], Resource = ["*"] },
    { Sid = "Identities", Effect = "Allow", Action = ["iam:Get*", "iam:List*"], Resource = ["*"] },
  ])

  # --- registry: push images and packages -----------------------------------------------------------------------------

  registry_statements = [
    { Sid = "Login", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
    {
      Sid    = "Push"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
      ]
      Resource = [aws_ecr_repository.this.arn]
    },
    # Only what is not there yet: a package is never replaced.
    {
      Sid       = "PutPackages"
      Effect    = "Allow"
      Action    = ["s3:PutObject"]
      Resource  = ["${module.packages_bucket.arn}/*"]
      Condition = { Null = { "s3:if-none-match" = "false" } }
    },
  ]

  # --- infrastructure: apply an environment ---------------------------------------------------------------------------

  infrastructure_statements = { for name in var.environments : name => concat(local.state_statements[name], [
    {
      Sid    = "Services"
      Effect = "Allow"
      Action = [
        "acm:*", "apigateway:*", "application-autoscaling:*", "backup:*", "backup-storage:*", "cloudwatch:*", "ec2:*",
        "ecs:*", "elasticloadbalancing:*", "events:*", "globalaccelerator:*", "kms:*", "lambda:*", "logs:*", "rds:*",
        "sns:*", "wafv2:*",
      ]
      Resource  = ["*"]
      Condition = local.in_our_regions
    },
    # Logins of the environment. The master's secret is made by RDS in the name of who applies, and never read.
    {
      Sid      = "Logins"
      Effect   = "Allow"
      Action   = ["secretsmanager:*"]
      Resource = ["arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:whc-${name}/*"]
    },
    {
      Sid      = "MasterSecretOfRds"
      Effect   = "Allow"
      Action   = ["secretsmanager:CreateSecret", "secretsmanager:DescribeSecret", "secretsmanager:TagResource"]
      Resource = ["arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:rds!*"]
    },
    # These have no region.
    { Sid = "Global", Effect = "Allow", Action = ["budgets:*", "cloudfront:*", "route53:*"], Resource = ["*"] },
    { Sid = "Buckets", Effect = "Allow", Action = ["s3:*"], Resource = ["arn:${local.partition}:s3:::whc-${name}-*"] },
    # Lambda takes a package with the rights of who applies.
    { Sid = "GetPackages", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["${module.packages_bucket.arn}/*"] },
    {
      Sid       = "MakeRolesWithinTheBoundary"
      Effect    = "Allow"
      Action    = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:DeleteRolePolicy"]
      Resource  = ["arn:${local.partition}:iam::${local.account}:role/whc/whc-${name}-*"]
      Condition = { StringEquals = { "iam:PermissionsBoundary" = local.boundary_arn } }
    },
    {
      Sid      = "TendRoles"
      Effect   = "Allow"
      Action   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"]
      Resource = ["arn:${local.partition}:iam::${local.account}:role/whc/whc-${name}-*"]
    },
    {
      Sid      = "HandRolesToServices"
      Effect   = "Allow"
      Action   = ["iam:PassRole"]
      Resource = ["arn:${local.partition}:iam::${local.account}:role/whc/whc-${name}-*"]
      Condition = { StringEquals = { "iam:PassedToService" = [
        "backup.amazonaws.com", "ecs.amazonaws.com", "ecs-tasks.amazonaws.com", "lambda.amazonaws.com",
        "monitoring.rds.amazonaws.com", "rds.amazonaws.com", "vpc-flow-logs.amazonaws.com",
      ] } }
    },
    { Sid = "ReadIdentities", Effect = "Allow", Action = ["iam:Get*", "iam:List*"], Resource = ["*"] },
    {
      Sid      = "ServiceLinkedRoles"
      Effect   = "Allow"
      Action   = ["iam:CreateServiceLinkedRole"]
      Resource = ["arn:${local.partition}:iam::${local.account}:role/aws-service-role/*"]
    },
  ]) }

  # --- guard: what no workflow does, whatever else allows it ----------------------------------------------------------

  guard_statements = [
    {
      Sid    = "NeverDestroyData"
      Effect = "Deny"
      Action = [
        "rds:DeleteDBCluster", "rds:DeleteDBClusterSnapshot", "rds:DeleteDBInstanceAutomatedBackup", "rds:DeleteDBClusterAutomatedBackup",
        "backup:DeleteBackupVault", "backup:DeleteBackupVaultLockConfiguration", "backup:DeleteRecoveryPoint",
        "kms:DisableKey", "kms:ScheduleKeyDeletion", "secretsmanager:DeleteSecret",
      ]
      Resource = ["*"]
    },
    {
      Sid      = "NeverReadTheMaster"
      Effect   = "Deny"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"]
      Resource = ["arn:${local.partition}:secretsmanager:*:${local.account}:secret:rds!*"]
    },
    { Sid = "NeverLoseTheBoundary", Effect = "Deny", Action = ["iam:DeleteRolePermissionsBoundary"], Resource = ["*"] },
  ]

  # --- deploy: run the tasks of an environment, replace its service ---------------------------------------------------

  deploy_statements = { for name in var.environments : name => [
    {
      Sid      = "RunTasks"
      Effect   = "Allow"
      Action   = ["ecs:RunTask"]
      Resource = [for job in ["migrate", "logins"] : "arn:${local.partition}:ecs:${var.region}:${local.account}:task-definition/whc-${name}-${job}:*"]
    },
    {
      Sid      = "FollowTasks"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTasks", "ecs:StopTask"]
      Resource = ["arn:${local.partition}:ecs:${var.region}:${local.account}:task/whc-${name}/*"]
    },
    {
      Sid      = "ReplaceTheService"
      Effect   = "Allow"
      Action   = ["ecs:DescribeServices", "ecs:UpdateService", "ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments", "ecs:DescribeServiceRevisions", "ecs:StopServiceDeployment"]
      Resource = [for kind in ["service", "service-deployment", "service-revision"] : "arn:${local.partition}:ecs:${var.region}:${local.account}:${kind}/whc-${name}/*"]
    },
    { Sid = "LookAtDefinitions", Effect = "Allow", Action = ["ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions"], Resource = ["*"] }, # cannot be limited
    {
      Sid       = "HandRolesToTasks"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = ["arn:${local.partition}:iam::${local.account}:role/whc/whc-${name}-*"]
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
    {
      Sid      = "ReadTheirLogs"
      Effect   = "Allow"
      Action   = ["logs:FilterLogEvents", "logs:GetLogEvents"]
      Resource = ["arn:${local.partition}:logs:${var.region}:${local.account}:log-group:/whc/whc-${name}-*"]
    },
  ] }
}

# --- boundary: what no role of an environment can exceed, whoever makes it ---------------------------------------------

resource "aws_iam_policy" "boundary" {
  #checkov:skip=CKV_AWS_286:a boundary gives nothing; it takes away whatever is not in it, and IAM is not
  #checkov:skip=CKV_AWS_287:as above
  #checkov:skip=CKV_AWS_288:as above
  #checkov:skip=CKV_AWS_289:as above
  #checkov:skip=CKV_AWS_290:as above
  #checkov:skip=CKV_AWS_355:as above
  name        = "whc-boundary"
  path        = "/whc/"
  description = "What roles of whc can have at the most"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "WhatServicesDo"
        Effect = "Allow"
        Action = [
          "backup:*", "backup-storage:*", "cloudwatch:*", "ec2:*", "ecr:*", "ecs:*", "elasticloadbalancing:*", "kms:*",
          "logs:*", "rds:*", "rds-db:connect", "s3:*", "secretsmanager:*", "tag:GetResources", "xray:*",
        ]
        Resource = ["*"]
      },
      {
        Sid       = "RestoreWithTheRoleOfBackups"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = ["arn:${local.partition}:iam::${local.account}:role/whc/*"]
        Condition = { StringEquals = { "iam:PassedToService" = ["rds.amazonaws.com"] } }
      },
      # A role of demo could else replace what runs in prod, or what is known of who did it.
      { Sid = "NotWhatIsShared", Effect = "Deny", Action = ["s3:*"], Resource = flatten([for bucket in [module.state_bucket, module.packages_bucket, module.trail_bucket] : [bucket.arn, "${bucket.arn}/*"]]) },
    ]
  })
}
