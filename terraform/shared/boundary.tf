# What no role of an environment can exceed, whoever makes it. Without it the workflow of demo would make a role with rights over
# prod, and a task that takes it on.

resource "aws_iam_policy" "boundary" {
  #checkov:skip=CKV_AWS_286:a boundary gives nothing; it takes away whatever is not in it, and IAM is not
  #checkov:skip=CKV_AWS_287:as above
  #checkov:skip=CKV_AWS_288:as above
  #checkov:skip=CKV_AWS_289:as above
  #checkov:skip=CKV_AWS_290:as above
  #checkov:skip=CKV_AWS_355:as above
  for_each = var.environments

  name        = "whc-boundary-${each.key}"
  path        = "/whc/"
  description = "What roles of whc-${each.key} can have at the most"

  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.wall_statements[each.key], [
    {
      Sid    = "WhatServicesDo"
      Effect = "Allow"
      Action = [
        "backup:*", "backup-storage:*", "cloudwatch:*", "ec2:*", "ecr:*", "ecs:*", "elasticloadbalancing:*", "kms:*", "logs:*", "rds:*",
        "rds-db:connect", "secretsmanager:GetRandomPassword", "ssmmessages:*", "tag:GetResources", "xray:*",
      ]
      Resource = ["*"]
    },
    {
      Sid      = "ItsCache"
      Effect   = "Allow"
      Action   = ["elasticache:Connect", "elasticache:DescribeUsers", "elasticache:ModifyUser"]
      Resource = ["arn:${local.partition}:elasticache:*:${local.account}:*:whc-${each.key}*"]
    },
    { Sid = "ItsBuckets", Effect = "Allow", Action = ["s3:*"], Resource = ["arn:${local.partition}:s3:::whc-${each.key}-*"] },
    {
      Sid    = "ItsSecrets"
      Effect = "Allow"
      Action = ["secretsmanager:*"]
      Resource = [for secret in ["whc-${each.key}/*", "rds!*"] :
        "arn:${local.partition}:secretsmanager:*:${local.account}:secret:${secret}"
      ]
    },
    # RDS writes on the secret of a master which database it is of, and no tag of ours.
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
    ], [for kind, tag in { Cluster = "aws:rds:primaryDBClusterArn", Instance = "aws:rds:primaryDBInstanceArn" } : {
      Sid                          = "NoMasterOfOthers${kind}"
      Effect                       = "Deny"
      Action                       = ["secretsmanager:*"]
      Resource                     = ["arn:${local.partition}:secretsmanager:*:${local.account}:secret:rds!*"]
      Condition = {
        StringNotLike = { "aws:ResourceTag/${tag}" = "*:whc-${each.key}*" }
        Null          = { "aws:ResourceTag/${tag}" = "false" }
      }
    }], [
    {
      Sid       = "RestoreWithTheRoleOfBackups"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = ["arn:${local.partition}:iam::${local.account}:role/whc/whc-${each.key}-*"]
      Condition = { StringEquals = { "iam:PassedToService" = ["rds.amazonaws.com"] } }
    },
    # Backups that are past their time are deleted by the role of AWS Backup, so snapshots are not among these.
    {
      Sid      = "NeverDestroyData"
      Effect   = "Deny"
      Action   = ["rds:DeleteDBCluster", "rds:DeleteDBInstance", "kms:DisableKey", "kms:ScheduleKeyDeletion"]
      Resource = ["*"]
    },
  ]) })
}
