# A private bucket: encrypted, TLS only, versioned, emptied after a while, written to by the services it names.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# --- The bucket -------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_144:what must survive a region is in AWS Backup; logs, uploads and packages are not worth a second copy
  #checkov:skip=CKV_AWS_18:a log of the log bucket would be its own endless source; CloudTrail has the API calls
  #checkov:skip=CKV2_AWS_62:nothing acts on objects as they arrive

  bucket        = var.name
  force_destroy = false
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

# --- Encryption: SSE-S3, or the key that is given ---------------------------------------------------------------------

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

# --- What becomes of objects ------------------------------------------------------------------------------------------

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "forget"
    status = "Enabled"
    filter {}

    dynamic "expiration" {
      for_each = var.expire_after_days[*]
      content {
        days = expiration.value
      }
    }

    noncurrent_version_expiration {
      noncurrent_days = var.forget_versions_after_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 2
    }
  }

  dynamic "rule" {
    for_each = var.expire_below

    content {
      id     = "expire ${rule.key}"
      status = "Enabled"

      filter {
        prefix = rule.key
      }

      expiration {
        days = rule.value
      }

      noncurrent_version_expiration {
        noncurrent_days = 1
      }
    }
  }
}

# --- Who may reach it -------------------------------------------------------------------------------------------------

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "this" {
  bucket     = aws_s3_bucket.this.id
  policy     = jsonencode({ Version = "2012-10-17", Statement = concat([local.tls_only], local.writer_statements) })
  depends_on = [aws_s3_bucket_public_access_block.this]
}

locals {
  arn = "arn:${data.aws_partition.current.partition}:s3:::${var.name}"

  tls_only = {
    Sid       = "TlsOnly"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = [local.arn, "${local.arn}/*"]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }

  # A service writes below the account it writes for, and that is ours. Which load balancer or trail it is, only those are asked whose
  # own examples ask it: CloudTrail's do, those of Elastic Load Balancing do not, and a condition on a key that is not sent loses the log.
  # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
  # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
  writer_statements = flatten([for index, writer in var.writers : [for statement in [
    {
      Sid      = "Put${index}"
      Action   = "s3:PutObject"
      Resource = "${local.arn}/${writer.prefix}AWSLogs/${data.aws_caller_identity.current.account_id}/*"
    },
    {
      Sid      = "Acl${index}"
      Action   = "s3:GetBucketAcl"
      Resource = local.arn
    },
    ] : merge({ Effect = "Allow", Principal = { Service = writer.service } }, statement, writer.source_arn == null ? {} : {
      Condition        = { ArnLike = { "aws:SourceArn" = writer.source_arn } }
    }) if statement.Action == "s3:PutObject" || writer.reads_acl
  ]])
}
