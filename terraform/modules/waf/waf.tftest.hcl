mock_provider "aws" {
  source = "../../tests"
}

variables {
  name              = "whc-test"
  scope             = "REGIONAL"
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/whc-test/50dc6c495c0c9188"
}

run "limits_and_knows_bad_requests" {
  command = plan

  assert {
    condition = toset([for rule in aws_wafv2_web_acl.this.rule : rule.name]) == toset([
      "rate", "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet",
    ])
    error_message = "the rules must be a rate limit and AWS's own lists, without the one that takes CQL2 for an attack"
  }

  assert {
    condition = output.blocks == {
      own     = toset(["rate"])
      managed = toset(["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet"])
    }
    error_message = "a rule that only counts keeps nobody out"
  }

  assert {
    condition = toset(flatten([for rule in aws_wafv2_web_acl.this.rule : [for statement in rule.statement : [
      for group in statement.managed_rule_group_statement : [for override in group.rule_action_override : "${group.name} ${override.name}"]
      ]]])) == toset([
      "AWSManagedRulesCommonRuleSet SizeRestrictions_BODY", "AWSManagedRulesCommonRuleSet SizeRestrictions_QUERYSTRING",
      "AWSManagedRulesCommonRuleSet NoUserAgent_HEADER",
    ])
    error_message = "only the rules that take our clients for attackers may count instead of block"
  }

  assert {
    condition = (
      length(one(aws_wafv2_web_acl.this.default_action).allow) == 1 &&
      toset(
        flatten(
          [for rule in aws_wafv2_web_acl.this.rule :
            [for s in rule.statement :
              [for r in s.rate_based_statement : "${r.limit} in ${r.evaluation_window_sec} s by ${r.aggregate_key_type}"]
            ]
          ]
        )
      ) == toset(["3000 in 300 s by IP"])
    )
    error_message = "what no rule knows passes, at most 3000 in five minutes from an address"
  }

  assert {
    condition     = length(distinct([for rule in aws_wafv2_web_acl.this.rule : rule.priority])) == 4
    error_message = "two rules cannot have the same priority"
  }

  assert {
    condition     = length(aws_wafv2_web_acl_association.this) == 1
    error_message = "the load balancer must be protected"
  }
}

run "keeps_credentials_out_of_the_log" {
  command = plan

  assert {
    condition = toset(
      [for f in aws_wafv2_web_acl_logging_configuration.this.redacted_fields : one(f.single_header).name]
    ) == toset(["authorization", "cookie"])
    error_message = "tokens and sessions must not be logged"
  }
}

run "lives_where_cloudfront_does" {
  command = plan

  variables {
    scope             = "CLOUDFRONT"
    load_balancer_arn = null
  }

  assert {
    condition = (
      aws_wafv2_web_acl.this.region == "us-east-1" &&
      aws_cloudwatch_log_group.this.region == "us-east-1" &&
      length(aws_wafv2_web_acl_association.this) == 0
    )
    error_message = "an ACL for CloudFront is in us-east-1 and named by the distribution"
  }
}

run "refuses_a_limit_that_blocks_maps" {
  command = plan

  variables {
    requests_per_5_minutes = 10
  }

  expect_failures = [var.requests_per_5_minutes]
}
