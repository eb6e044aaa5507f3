mock_provider "aws" {
  source = "../../tests"
}

variables {
  name    = "whc-test"
  domains = ["heritage.example"]
  load_balancer = {
    arn      = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/whc-test/50dc6c495c0c9188"
    dns_name = "internal-whc-test.eu-west-1.elb.amazonaws.com"
  }
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  web_acl_arn     = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/whc-test/11111111-2222-3333-4444-555555555555"
}

run "keeps_what_the_service_says" {
  command = plan

  assert {
    condition     = aws_cloudfront_cache_policy.this.min_ttl == 0 && aws_cloudfront_cache_policy.this.default_ttl == 0
    error_message = "without Cache-Control nothing may be kept"
  }

  assert {
    condition = alltrue([for header in ["Accept", "Accept-Language", "Authorization"] :
      contains(
        one(one(one(aws_cloudfront_cache_policy.this.parameters_in_cache_key_and_forwarded_to_origin).headers_config).headers).items,
        header
      )
    ])
    error_message = "what decides an answer must be part of the key"
  }

  assert {
    condition = one(
      one(aws_cloudfront_cache_policy.this.parameters_in_cache_key_and_forwarded_to_origin).query_strings_config
    ).query_string_behavior == "all"
    error_message = "filters, paging, language and format are in the query"
  }
}

run "is_encrypted_to_the_origin" {
  command = plan

  assert {
    condition     = one(aws_cloudfront_vpc_origin.this.vpc_origin_endpoint_config).origin_protocol_policy == "https-only"
    error_message = "the way to the load balancer must be TLS"
  }

  assert {
    condition = (
      one(aws_cloudfront_vpc_origin.this.vpc_origin_endpoint_config).arn == var.load_balancer.arn &&
      length(
        one(aws_cloudfront_distribution.this.origin).custom_origin_config
      ) == 0 && length(one(aws_cloudfront_distribution.this.origin).vpc_origin_config) == 1
    )
    error_message = "the load balancer must be reached within the network, and from nowhere else"
  }

  assert {
    condition     = one(aws_cloudfront_distribution.this.viewer_certificate).minimum_protocol_version == "TLSv1.2_2021"
    error_message = "nothing under TLS 1.2 may be spoken"
  }

  assert {
    condition     = aws_cloudfront_distribution.this.web_acl_id == var.web_acl_arn
    error_message = "the firewall must be in front"
  }
}

run "refuses_a_certificate_of_elsewhere" {
  command = plan

  variables {
    certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  }

  expect_failures = [var.certificate_arn]
}
