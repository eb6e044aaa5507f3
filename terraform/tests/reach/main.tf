# What a role reaches of an environment: a request for each kind of thing an environment is made of, asked of its policies.

variable "policies" {
  description = "Policies of the role, as JSON."
  type        = list(string)
}

variable "name" {
  description = "Environment whose things are asked for."
  type        = string
}

variable "domain" {
  description = "Its domain."
  type        = string
}

locals {
  # NAME is the environment's; what has only a number is told apart by its tag.
  changes = {
    backup_plan     = ["backup:DeleteBackupPlan", "backup:eu-west-1:123456789012:backup-plan:0a1b2c3d"]
    backup_vault    = ["backup:PutBackupVaultAccessPolicy", "backup:eu-west-1:123456789012:backup-vault:whc-NAME"]
    alarm           = ["cloudwatch:DeleteAlarms", "cloudwatch:eu-west-1:123456789012:alarm:whc-NAME-ecs-cpu"]
    canary_alarm    = ["cloudwatch:PutMetricAlarm", "cloudwatch:us-east-1:123456789012:alarm:whc-NAME-canary"]
    certificate     = ["acm:DeleteCertificate", "acm:eu-west-1:123456789012:certificate/11111111"]
    subnet          = ["ec2:DeleteSubnet", "ec2:eu-west-1:123456789012:subnet/subnet-1"]
    security_group  = ["ec2:AuthorizeSecurityGroupIngress", "ec2:eu-west-1:123456789012:security-group/sg-1"]
    retag           = ["ec2:CreateTags", "ec2:eu-west-1:123456789012:vpc/vpc-1"]
    cache           = ["elasticache:ModifyServerlessCache", "elasticache:eu-west-1:123456789012:serverlesscache:whc-NAME"]
    cache_user      = ["elasticache:ModifyUser", "elasticache:eu-west-1:123456789012:user:whc-NAME-web"]
    service         = ["ecs:UpdateService", "ecs:eu-west-1:123456789012:service/whc-NAME/whc-NAME-web"]
    cluster         = ["ecs:DeleteCluster", "ecs:eu-west-1:123456789012:cluster/whc-NAME"]
    task_definition = ["ecs:RegisterTaskDefinition", "ecs:eu-west-1:123456789012:task-definition/whc-NAME-web:7"]
    load_balancer = [
      "elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/whc-NAME/50dc",
    ]
    target_group = [
      "elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:eu-west-1:123456789012:targetgroup/whc-NAME-web-blue/73e2",
    ]
    event_rule   = ["events:DeleteRule", "events:eu-west-1:123456789012:rule/whc-NAME-backup-failed"]
    key          = ["kms:PutKeyPolicy", "kms:eu-west-1:123456789012:key/11111111"]
    decryption   = ["kms:Decrypt", "kms:eu-west-1:123456789012:key/11111111"]
    key_alias    = ["kms:UpdateAlias", "kms:eu-west-1:123456789012:alias/whc-NAME"]
    function     = ["lambda:UpdateFunctionCode", "lambda:eu-west-1:123456789012:function:whc-NAME-rotation"]
    log          = ["logs:DeleteLogGroup", "logs:eu-west-1:123456789012:log-group:/whc/whc-NAME-web"]
    database     = ["rds:ModifyDBCluster", "rds:eu-west-1:123456789012:cluster:whc-NAME"]
    instance     = ["rds:RebootDBInstance", "rds:eu-west-1:123456789012:db:whc-NAME-0"]
    snapshot     = ["rds:ModifyDBClusterSnapshotAttribute", "rds:eu-west-1:123456789012:cluster-snapshot:whc-NAME-final"]
    proxy        = ["rds:ModifyDBProxy", "rds:eu-west-1:123456789012:db-proxy:prx-0a1b"]
    login        = ["secretsmanager:GetSecretValue", "secretsmanager:eu-west-1:123456789012:secret:whc-NAME/whc_web-AbCdEf"]
    topic        = ["sns:DeleteTopic", "sns:eu-west-1:123456789012:whc-NAME-alarms"]
    firewall     = ["wafv2:UpdateWebACL", "wafv2:eu-west-1:123456789012:regional/webacl/whc-NAME/1111"]
    distribution = ["cloudfront:UpdateDistribution", "cloudfront::123456789012:distribution/E1"]
    accelerator  = ["globalaccelerator:DeleteAccelerator", "globalaccelerator::123456789012:accelerator/1111"]
    budget       = ["budgets:ModifyBudget", "budgets::123456789012:budget/whc-NAME"]
    bucket       = ["s3:PutBucketPolicy", "s3:::whc-NAME-logs-123456789012"]
    role         = ["iam:DeleteRole", "iam::123456789012:role/whc/whc-NAME-web-task"]
    passing      = ["iam:PassRole", "iam::123456789012:role/whc/whc-NAME-web-task"]
    dns          = ["route53:ChangeResourceRecordSets", "route53:::hostedzone/Z0123456789"]
    dns_below    = ["route53:ChangeResourceRecordSets", "route53:::hostedzone/Z0123456789"]
  }

  # What no workflow does, to its own environment either.
  destructions = {
    delete_cluster          = ["rds:DeleteDBCluster", "rds:eu-west-1:123456789012:cluster:whc-NAME"]
    delete_instance         = ["rds:DeleteDBInstance", "rds:eu-west-1:123456789012:db:whc-NAME"]
    delete_cluster_snapshot = ["rds:DeleteDBClusterSnapshot", "rds:eu-west-1:123456789012:cluster-snapshot:whc-NAME-final"]
    delete_snapshot         = ["rds:DeleteDBSnapshot", "rds:eu-west-1:123456789012:snapshot:whc-NAME-final"]
    delete_cluster_backups  = ["rds:DeleteDBClusterAutomatedBackup", "rds:eu-west-1:123456789012:cluster-auto-backup:whc-NAME"]
    delete_instance_backups = ["rds:DeleteDBInstanceAutomatedBackup", "rds:eu-west-1:123456789012:auto-backup:whc-NAME"]
    delete_backup           = ["backup:DeleteRecoveryPoint", "rds:eu-west-1:123456789012:cluster-snapshot:awsbackup:job-1"]
    shorten_backup          = ["backup:UpdateRecoveryPointLifecycle", "rds:eu-west-1:123456789012:cluster-snapshot:awsbackup:job-1"]
    delete_vault            = ["backup:DeleteBackupVault", "backup:eu-west-1:123456789012:backup-vault:whc-NAME"]
    unlock_vault            = ["backup:DeleteBackupVaultLockConfiguration", "backup:eu-west-1:123456789012:backup-vault:whc-NAME"]
    delete_key              = ["kms:ScheduleKeyDeletion", "kms:eu-west-1:123456789012:key/11111111"]
    disable_key             = ["kms:DisableKey", "kms:eu-west-1:123456789012:key/11111111"]
    delete_login            = ["secretsmanager:DeleteSecret", "secretsmanager:eu-west-1:123456789012:secret:whc-NAME/whc_web-AbCdEf"]
    read_master             = ["secretsmanager:GetSecretValue", "secretsmanager:eu-west-1:123456789012:secret:rds!cluster-1-AbCdEf"]
    lose_boundary           = ["iam:DeleteRolePermissionsBoundary", "iam::123456789012:role/whc/whc-NAME-web-task"]
  }

  context = {
    "aws:RequestedRegion"                                   = "eu-west-1"
    "aws:ResourceTag/environment"                           = var.name
    "iam:PassedToService"                                   = "ecs-tasks.amazonaws.com"
    "route53:ChangeResourceRecordSetsNormalizedRecordNames" = var.domain
  }
}

module "iam" {
  source = "../iam"

  policies = var.policies
  requests = { for name, request in merge(local.changes, local.destructions) : name => {
    action   = request[0]
    resource = "arn:aws:${replace(request[1], "NAME", var.name)}"
    context = merge(local.context, name != "dns_below" ? {} : {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames" = "_0a1b2c.${var.domain}"
    })
  } }
}

output "changed" {
  description = "What the role may change."
  value       = join(" ", sort(setintersection(module.iam.allowed, keys(local.changes))))
}

output "out_of_reach" {
  description = "What it may not."
  value       = join(" ", sort(setsubtract(keys(local.changes), module.iam.allowed)))
}

output "destroyed" {
  description = "What it may destroy."
  value       = join(" ", sort(setintersection(module.iam.allowed, keys(local.destructions))))
}
