# The policies of the roles that workflows take on, one block each.

locals {
  policies = merge(
    { shared = local.shared_statements, registry = local.registry_statements },
    { for name in keys(var.environments) : "infrastructure-${name}" => local.infrastructure_statements[name] },
    { for name in keys(var.environments) : "foundations-${name}" => local.foundations_statements[name] },
    { for name in keys(var.environments) : "guard-${name}" => concat(local.guard_statements, local.wall_statements[name]) },
    { for name in keys(var.environments) : "deploy-${name}" => local.deploy_statements[name] },
    { for name, statements in local.plan_statements : "plan-${name}" => statements },
    { pull-request = local.pull_request_statements },
  )

  in_our_regions = { StringEquals = { "aws:RequestedRegion" = [var.region, var.copy_region, "us-east-1", "us-west-2"] } }
  boundary_arns = { for name in keys(var.environments) :
    name => "arn:${local.partition}:iam::${local.account}:policy/whc/whc-boundary-${name}"
  }

  # --- State of one environment ---------------------------------------------------------------------------------------

  state_statements = { for name in concat(keys(var.environments), ["shared"]) : name => [
    { Sid = "StateList", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [module.state_bucket.arn] },
    {
      Sid      = "State"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      Resource = ["${module.state_bucket.arn}/${name}.tfstate", "${module.state_bucket.arn}/${name}.tfstate.tflock"]
    },
    { Sid = "TakePlan", Effect = "Allow", Action = ["s3:GetObject"], Resource = [local.plans_of[name]] },
    { Sid = "StateKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [module.state_key.arn] },
  ] }

  # --- shared: registry, trail and state; who may do what is read only, and changed by a person -----------------------

  shared_statements = concat(local.state_statements["shared"], [
    { Sid = "Registry", Effect = "Allow", Action = ["ecr:*"], Resource = [aws_ecr_repository.this.arn] },
    {
      Sid      = "Buckets"
      Effect   = "Allow"
      Action   = ["s3:Get*", "s3:List*", "s3:PutBucket*", "s3:PutLifecycleConfiguration", "s3:PutEncryptionConfiguration"]
      Resource = [module.state_bucket.arn, module.trail_bucket.arn, module.packages_bucket.arn]
    },
    {
      Sid      = "Trail"
      Effect   = "Allow"
      Action   = ["cloudtrail:Get*", "cloudtrail:Describe*", "cloudtrail:List*", "cloudtrail:UpdateTrail", "cloudtrail:AddTags"]
      Resource = ["*"]
    },
    {
      Sid       = "ItsKeys"
      Effect    = "Allow"
      Action    = ["kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:TagResource"]
      Resource  = ["arn:${local.partition}:kms:*:${local.account}:key/*"]
      Condition = { StringEquals = { "aws:ResourceTag/environment" = "shared" } }
    },
    { Sid = "Keys", Effect = "Allow", Action = ["kms:Describe*", "kms:Get*", "kms:List*"], Resource = ["*"] },
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

  # --- infrastructure: apply an environment, and reach no other --------------------------------------------------------
  # What has a name in its ARN is allowed by that name; what has only a number is allowed by its tag, or behind the wall below.

  infrastructure_statements = { for name in keys(var.environments) : name => concat(local.state_statements[name], [
    { Sid = "Look", Effect = "Allow", Action = local.look, Resource = ["*"] },
    {
      Sid    = "Named"
      Effect = "Allow"
      Action = [
        "backup:*", "budgets:*", "cloudwatch:*", "ecs:*", "elasticache:*", "elasticloadbalancing:*", "events:*", "lambda:*", "logs:*",
        "rds:*", "sns:*", "wafv2:*",
      ]
      Resource = [for resource in [
        "backup:*:ACCOUNT:backup-vault:NAME*", "budgets::ACCOUNT:budget/NAME*",
        "cloudwatch:*:ACCOUNT:alarm:NAME*", "cloudwatch::ACCOUNT:dashboard/NAME*",
        "ecs:*:ACCOUNT:cluster/NAME*", "ecs:*:ACCOUNT:*/NAME*/*", "ecs:*:ACCOUNT:task-definition/NAME*",
        "elasticache:*:ACCOUNT:*:NAME*",
        "elasticloadbalancing:*:ACCOUNT:*/app/NAME*", "elasticloadbalancing:*:ACCOUNT:targetgroup/NAME*",
        "events:*:ACCOUNT:rule/NAME*", "lambda:*:ACCOUNT:function:NAME*",
        "logs:*:ACCOUNT:log-group:/whc/NAME*", "logs:*:ACCOUNT:log-group:aws-waf-logs-NAME*", "logs:*:ACCOUNT:log-group:/aws/rds/*/NAME*",
        "rds:*:ACCOUNT:*:NAME*", "rds:*:ACCOUNT:*:default*", "sns:*:ACCOUNT:NAME*",
        "wafv2:*:ACCOUNT:*/webacl/NAME*", "wafv2:*:*:*/managedruleset/*",
      ] : "arn:${local.partition}:${replace(replace(resource, "ACCOUNT", local.account), "NAME", "whc-${name}")}"]
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
    { Sid = "Buckets", Effect = "Allow", Action = ["s3:*"], Resource = ["arn:${local.partition}:s3:::whc-${name}-*"] },
    # Lambda takes a package with the rights of who applies.
    { Sid = "GetPackages", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["${module.packages_bucket.arn}/*"] },
  ]) }

  # --- foundations: the rest of it, which has no name, or belongs to IAM and DNS ---------------------------------------

  foundations_statements = { for name in keys(var.environments) : name => concat([
    {
      Sid    = "ByTagBehindTheWall"
      Effect = "Allow"
      Action = [
        "acm:*", "apigateway:*", "application-autoscaling:*", "backup:*", "backup-storage:*", "ec2:*", "globalaccelerator:*",
      ]
      Resource  = ["*"]
      Condition = local.in_our_regions
    },
    { Sid = "CloudFront", Effect = "Allow", Action = ["cloudfront:*"], Resource = ["*"] }, # has no region
    {
      Sid    = "WithoutAName"
      Effect = "Allow"
      Action = [
        "ecs:CreateCluster", "ecs:DeregisterTaskDefinition", "logs:*LogDelivery", "logs:PutResourcePolicy"
      ]
      Resource = ["*"]
    },
    # New ones only: whoever could tag a key that is there could make it their own.
    {
      Sid       = "NewKeys"
      Effect    = "Allow"
      Action    = ["kms:CreateKey", "kms:TagResource"]
      Resource  = ["*"]
      Condition = { Null = { "aws:ResourceTag/environment" = "true" } }
    },
    # A proxy is called prx-…; its target group has not even a tag.
    {
      Sid      = "Proxies"
      Effect   = "Allow"
      Action   = ["rds:*DBProxy*", "rds:AddTagsToResource"]
      Resource = [for kind in ["db-proxy", "target-group"] : "arn:${local.partition}:rds:*:${local.account}:${kind}:*"]
    },
    {
      Sid       = "Keys"
      Effect    = "Allow"
      Action    = ["kms:*"]
      Resource  = ["arn:${local.partition}:kms:*:${local.account}:key/*"]
      Condition = { StringEquals = { "aws:ResourceTag/environment" = name } }
    },
    {
      Sid      = "NamesOfKeys"
      Effect   = "Allow"
      Action   = ["kms:*Alias"]
      Resource = ["arn:${local.partition}:kms:*:${local.account}:alias/whc-${name}*"]
    },
    {
      Sid    = "MakeRolesWithinTheBoundary"
      Effect = "Allow"
      Action = [
        "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:DetachRolePolicy",
        "iam:DeleteRolePolicy",
      ]
      Resource  = ["arn:${local.partition}:iam::${local.account}:role/whc/whc-${name}-*"]
      Condition = { StringEquals = { "iam:PermissionsBoundary" = local.boundary_arns[name] } }
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
    {
      Sid      = "ServiceLinkedRoles"
      Effect   = "Allow"
      Action   = ["iam:CreateServiceLinkedRole"]
      Resource = ["arn:${local.partition}:iam::${local.account}:role/aws-service-role/*"]
    },
    # Health checks take neither names nor tags as conditions.
    { Sid = "Canary", Effect = "Allow", Action = ["route53:*HealthCheck*", "route53:*TagsForResource"], Resource = ["*"] },
    # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
    {
      Sid       = "NamesInDns"
      Effect    = "Allow"
      Action    = ["route53:ChangeResourceRecordSets"]
      Resource  = ["arn:${local.partition}:route53:::hostedzone/*"]
      Condition = { "ForAllValues:StringLike" = { "route53:ChangeResourceRecordSetsNormalizedRecordNames" = local.names_below[name] } }
    },
    ], length(local.names_of_others_below[name]) == 0 ? [] : [{
      Sid      = "NotNamesOfOthers"
      Effect   = "Deny"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = ["*"]
      Condition = {
        "ForAnyValue:StringLike" = { "route53:ChangeResourceRecordSetsNormalizedRecordNames" = local.names_of_others_below[name] }
      }
  }]) }

  names_below = { for name, environment in var.environments : name => [environment.domain, "*.${environment.domain}"] }
  names_of_others_below = { for name, environment in var.environments : name => flatten([
    for other, its in var.environments : local.names_below[other] if endswith(its.domain, ".${environment.domain}")
  ]) }

  # --- wall: what carries the tag of another environment is out of reach, whatever else allows it ----------------------
  # Terraform tags all it makes (default_tags), and a tag is compared before it is changed.

  wall_statements = { for name in keys(var.environments) : name => [for wall in [
    { sid = "NothingOfOthers", key = "aws:ResourceTag/environment", ours = [name, "shared"] },
    { sid = "NothingInTheNameOfOthers", key = "aws:RequestTag/environment", ours = [name] },
    ] : {
    Sid    = wall.sid
    Effect = "Deny"
    Action = [
      "acm:*", "apigateway:*", "application-autoscaling:*", "backup:*", "cloudfront:*", "cloudwatch:*", "ec2:*", "ecs:*",
      "elasticache:*", "elasticloadbalancing:*",
      "events:*", "globalaccelerator:*", "kms:*", "lambda:*", "logs:*", "rds:*", "secretsmanager:*", "sns:*", "wafv2:*",
    ]
    Resource  = ["*"]
    Condition = { StringNotEquals = { (wall.key) = wall.ours }, Null = { (wall.key) = "false" } }
  }] }

  # --- look: what a plan asks of an account; no data, no secrets, no logs ----------------------------------------------

  look = [
    "acm:Describe*", "acm:List*", "apigateway:GET", "application-autoscaling:Describe*", "application-autoscaling:List*",
    "backup:Describe*",
    "backup:Get*", "backup:List*", "budgets:View*", "budgets:List*", "cloudfront:Describe*", "cloudfront:Get*",
    "cloudfront:List*", "cloudtrail:Describe*",
    "cloudtrail:Get*", "cloudtrail:List*", "cloudwatch:Describe*", "cloudwatch:GetDashboard", "cloudwatch:List*", "ec2:Describe*",
    "ec2:GetManagedPrefixListEntries", "ecr:Describe*", "ecr:GetLifecyclePolicy", "ecr:GetRepositoryPolicy", "ecr:List*",
    "ecs:Describe*", "ecs:List*",
    "elasticache:Describe*", "elasticache:List*",
    "elasticloadbalancing:Describe*", "events:Describe*", "events:List*", "globalaccelerator:Describe*",
    "globalaccelerator:List*", "iam:Get*", "iam:List*",
    "kms:Describe*", "kms:GetKey*", "kms:List*", "lambda:Get*", "lambda:List*", "logs:Describe*", "logs:ListTags*",
    "rds:Describe*", "rds:List*",
    "route53:Get*", "route53:List*", "s3:GetAccelerateConfiguration", "s3:GetBucket*", "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket", "s3:ListAllMyBuckets", "s3:ListTagsForResource",
    "secretsmanager:Describe*",
    "secretsmanager:GetResourcePolicy", "secretsmanager:List*", "sns:Get*", "sns:List*", "wafv2:Get*", "wafv2:List*",
  ]

  # --- guard: what no workflow does, whatever else allows it ----------------------------------------------------------

  guard_statements = [
    {
      Sid    = "NeverDestroyData"
      Effect = "Deny"
      Action = [
        "rds:DeleteDBCluster", "rds:DeleteDBInstance", "rds:DeleteDBClusterSnapshot", "rds:DeleteDBSnapshot",
        "rds:DeleteDBInstanceAutomatedBackup", "rds:DeleteDBClusterAutomatedBackup",
        "backup:DeleteBackupVault", "backup:DeleteBackupVaultLockConfiguration", "backup:DeleteRecoveryPoint",
        "backup:UpdateRecoveryPointLifecycle",
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

  deploy_statements = { for name in keys(var.environments) : name => [
    {
      Sid    = "RunTasks"
      Effect = "Allow"
      Action = ["ecs:RunTask"]
      Resource = [for job in ["migrate", "logins"] :
        "arn:${local.partition}:ecs:${var.region}:${local.account}:task-definition/whc-${name}-${job}:*"
      ]
      # Not with the network and the capacity of another one.
      Condition = { ArnLike = { "ecs:cluster" = "arn:${local.partition}:ecs:${var.region}:${local.account}:cluster/whc-${name}*" } }
    },
    {
      Sid      = "FollowTasks"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTasks", "ecs:StopTask"]
      Resource = ["arn:${local.partition}:ecs:${var.region}:${local.account}:task/whc-${name}*/*"]
    },
    {
      Sid    = "ReplaceTheService"
      Effect = "Allow"
      Action = [
        "ecs:DescribeServices", "ecs:UpdateService", "ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments",
        "ecs:DescribeServiceRevisions", "ecs:StopServiceDeployment",
      ]
      Resource = [for kind in ["service", "service-deployment", "service-revision"] :
        "arn:${local.partition}:ecs:${var.region}:${local.account}:${kind}/whc-${name}*/*"
      ]
    },
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
