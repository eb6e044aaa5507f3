# A firewall for requests: what AWS knows to be bad, and how many one address may send.

# --- The rules, in order ----------------------------------------------------------------------------------------------

locals {
  # Managed rules, with those of each group that only count here and the reason:
  #  - bodies: curators send sites of more than 8 KiB; the service has its own limit (MAX_BODY_BYTES)
  #  - query strings: filters in CQL2 grow longer than 2 KiB
  #  - no User-Agent: programs, which are half of our users, may not send one
  # AWSManagedRulesSQLiRuleSet is left out on purpose: filter=category='Cultural' AND date_inscribed>1990 is what our
  # clients send (GDAL, QGIS), and looks to it like an attack. The service never splices SQL.
  managed = {
    AWSManagedRulesAmazonIpReputationList = { priority = 10, counted = [] }
    AWSManagedRulesKnownBadInputsRuleSet  = { priority = 20, counted = [] }
    AWSManagedRulesCommonRuleSet = {
      priority = 30
      counted  = ["SizeRestrictions_BODY", "SizeRestrictions_QUERYSTRING", "NoUserAgent_HEADER"]
    }
  }
}

resource "aws_wafv2_web_acl" "this" {
  #checkov:skip=CKV_AWS_192:AWSManagedRulesKnownBadInputsRuleSet is in the table above, where checkov does not look

  region      = local.region
  name        = var.name
  description = "Requests to ${var.name}"
  scope       = var.scope

  default_action {
    allow {}
  }

  rule {
    name     = "rate"
    priority = 0

    action {
      block {
        custom_response {
          response_code = 429
          response_header {
            name  = "retry-after"
            value = "300"
          }
        }
      }
    }

    statement {
      rate_based_statement {
        limit                 = var.requests_per_5_minutes
        evaluation_window_sec = 300
        aggregate_key_type    = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = true
      metric_name                = "rate"
    }
  }

  dynamic "rule" {
    for_each = local.managed

    content {
      name     = rule.key
      priority = rule.value.priority

      override_action {
        none {}
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.key

          dynamic "rule_action_override" {
            for_each = rule.value.counted

            content {
              name = rule_action_override.value
              action_to_use {
                count {}
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
        metric_name                = rule.key
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = true
    metric_name                = var.name
  }
}

# --- What it protects: a load balancer; a distribution names the ACL itself -------------------------------------------

resource "aws_wafv2_web_acl_association" "this" {
  count = var.scope == "REGIONAL" ? 1 : 0

  resource_arn = var.load_balancer_arn
  web_acl_arn  = aws_wafv2_web_acl.this.arn
}

# --- Log: what was blocked or counted, without credentials ------------------------------------------------------------

locals {
  region = var.scope == "CLOUDFRONT" ? "us-east-1" : null # where everything of CloudFront lives
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_158:KMS by kms_key_arn, which CloudFront's region has no use of
  #checkov:skip=CKV_AWS_338:kept as long as log_retention_days says
  region            = local.region
  name              = "aws-waf-logs-${var.name}" # WAF writes to names with this prefix only
  retention_in_days = var.log_retention_days
  kms_key_id        = var.scope == "CLOUDFRONT" ? null : var.kms_key_arn
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  region                  = local.region
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.this.arn]

  dynamic "redacted_fields" {
    for_each = ["authorization", "cookie"]
    content {
      single_header {
        name = redacted_fields.value
      }
    }
  }

  logging_filter {
    default_behavior = "DROP"

    filter {
      behavior    = "KEEP"
      requirement = "MEETS_ANY"

      dynamic "condition" {
        for_each = ["BLOCK", "COUNT"]
        content {
          action_condition {
            action = condition.value
          }
        }
      }
    }
  }
}
