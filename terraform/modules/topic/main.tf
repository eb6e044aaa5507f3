# Where alarms go: a topic that CloudWatch, EventBridge and Budgets can really publish to, and the people who hear of it. An alarm
# and its topic are in one region, so a region with alarms has a topic of its own.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {
  region = var.region
}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
}

# --- Key: one that the publishers may use; alias/aws/sns is not -------------------------------------------------------

module "key" {
  source = "../key"

  region      = var.region
  name        = var.name
  description = "Messages of the topic ${var.name}"
  publishers  = ["cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com"]
}

# --- Topic and who may publish ----------------------------------------------------------------------------------------

resource "aws_sns_topic" "this" {
  region            = var.region
  name              = var.name
  kms_master_key_id = module.key.arn
}

resource "aws_sns_topic_policy" "this" {
  region = var.region
  arn    = aws_sns_topic.this.arn
  policy = local.topic_policy
}

locals {
  topic_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${local.partition}:cloudwatch:${data.aws_region.current.region}:${local.account}:alarm:*"
          }
        }
      },
      {
        Sid       = "Budgets"
        Effect    = "Allow"
        Principal = { Service = "budgets.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
      {
        Sid       = "Events" # does not say to a topic on whose behalf
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
      },
    ]
  })
}

# --- Subscriptions: each address has to confirm the first mail --------------------------------------------------------

resource "aws_sns_topic_subscription" "email" {
  for_each = var.emails

  region    = var.region
  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.key

  depends_on = [aws_sns_topic_policy.this]
}
