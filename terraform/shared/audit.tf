# Who did what in the account: every call of the AWS API, kept where it cannot be changed unnoticed.

locals {
  # By name: key and bucket are there before the trail.
  trail_arn = "arn:${local.partition}:cloudtrail:${var.region}:${local.account}:trail/whc"
}

module "trail_key" {
  source = "../modules/key"

  name        = "whc-trail"
  description = "CloudTrail"
  trail_arn   = local.trail_arn
}

module "trail_bucket" {
  source = "../modules/bucket"

  name              = "whc-trail-${local.account}"
  kms_key_arn       = module.trail_key.arn
  expire_after_days = 400

  writers = [{
    service    = "cloudtrail.amazonaws.com"
    source_arn = local.trail_arn
    reads_acl  = true
  }]
}

resource "aws_cloudtrail" "this" {
  #checkov:skip=CKV_AWS_252:nobody waits for the delivery of a file
  #checkov:skip=CKV2_AWS_10:looked up in the bucket or in CloudTrail's own event history; a second copy in CloudWatch costs
  name                          = "whc"
  s3_bucket_name                = module.trail_bucket.name
  kms_key_id                    = module.trail_key.arn
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
}
