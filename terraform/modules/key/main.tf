# A KMS key: for data at rest and for messages, with the services that may use it named one by one.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {
  region = var.region
}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region
}

# --- The key and its name ---------------------------------------------------------------------------------------------

resource "aws_kms_key" "this" {
  region                  = var.region
  description             = var.description
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

resource "aws_kms_alias" "this" {
  region        = var.region
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}

# --- Who may use it ---------------------------------------------------------------------------------------------------

locals {
  statements = concat([local.account_statement], local.log_statements, local.topic_statements, local.trail_statements)

  # Without this nobody could change the key any more; what a role may do with it is for the role's own policy to say.
  account_statement = {
    Sid       = "AccountDecidesByIam"
    Effect    = "Allow"
    Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }

  log_statements = [for name in var.encrypts_logs ? ["logs.${local.region}.amazonaws.com"] : [] : {
    Sid       = "LogGroups"
    Effect    = "Allow"
    Principal = { Service = name }
    Action    = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    Resource  = "*"
    Condition = {
      ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${local.region}:${local.account}:*" }
    }
  }]

  # The managed key alias/aws/sns cannot be used by CloudWatch: its alarms would go nowhere, silently.
  topic_statements = [for name in sort(var.publishers) : {
    Sid       = "Publisher${replace(title(replace(name, ".", " ")), " ", "")}"
    Effect    = "Allow"
    Principal = { Service = name }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
    Resource  = "*"
    Condition = {
      ArnLike = { "kms:EncryptionContext:aws:sns:topicArn" = "arn:${local.partition}:sns:${local.region}:${local.account}:*" }
    }
  }]

  # Decrypt, too: our buckets have S3 Bucket Keys, and "if you are using an existing S3 bucket with an S3 Bucket Key, kms:Decrypt
  # permission is required to create or update a trail with SSE-KMS". The trail is named, as the same page advises:
  # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
  trail_statements = [for arn in var.trail_arn[*] : {
    Sid       = "Trail"
    Effect    = "Allow"
    Principal = { Service = "cloudtrail.amazonaws.com" }
    Action    = ["kms:GenerateDataKey*", "kms:Decrypt", "kms:DescribeKey"]
    Resource  = "*"
    Condition = { StringEquals = { "aws:SourceArn" = arn } }
  }]
}
