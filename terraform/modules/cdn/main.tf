# CloudFront in front of the load balancer: it keeps what the service says may be kept, and nothing else. It reaches the load balancer
# within the network, so there is no other way in: not past the firewall, not from a distribution of somebody else. A header with a
# secret would do that, too, and lie in the state.
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html

# --- What makes two requests the same ---------------------------------------------------------------------------------

resource "aws_cloudfront_cache_policy" "this" {
  name    = var.name
  comment = "As the service's Cache-Control and Vary say"

  # No time of our own: without Cache-Control nothing is kept.
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    # With these CloudFront weakens ETags when it compresses itself; the service compresses first.
    enable_accept_encoding_gzip   = true
    enable_accept_encoding_brotli = true

    query_strings_config {
      query_string_behavior = "all"
    }

    # What the service negotiates on. Authorization is here so that one caller never gets another's answer.
    headers_config {
      header_behavior = "whitelist"
      headers {
        items = ["Accept", "Accept-Language", "Authorization"]
      }
    }

    cookies_config {
      cookie_behavior = "none"
    }
  }
}

# Everything reaches the service, cookies too; what is answered to a cookie says Cache-Control: no-store or private.
data "aws_cloudfront_origin_request_policy" "all" {
  name = "Managed-AllViewer"
}

# --- Origin: an internal load balancer, in a network that has an internet gateway, though no request takes it ---------

resource "aws_cloudfront_vpc_origin" "this" {
  vpc_origin_endpoint_config {
    name                   = var.name
    arn                    = var.load_balancer.arn
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "https-only"

    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}

# --- Distribution -----------------------------------------------------------------------------------------------------

resource "aws_cloudfront_distribution" "this" {
  #checkov:skip=CKV_AWS_86:answers from the origin are in the load balancer's log, blocked ones in the firewall's
  #checkov:skip=CKV_AWS_310:there is one origin; its load balancer spans zones, and reads survive without a database
  #checkov:skip=CKV_AWS_305:there is no default object: / is a page of the service
  #checkov:skip=CKV_AWS_374:World Heritage is for the world
  #checkov:skip=CKV2_AWS_32:the service sets security headers on every answer, errors too
  #checkov:skip=CKV2_AWS_47:AWSManagedRulesKnownBadInputsRuleSet is in the module waf
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = var.price_class
  comment         = var.name
  aliases         = var.domains
  web_acl_id      = var.web_acl_arn

  origin {
    origin_id   = "load-balancer"
    domain_name = var.load_balancer.dns_name # its certificate is of the Host header, which is passed on

    vpc_origin_config {
      vpc_origin_id            = aws_cloudfront_vpc_origin.this.id
      origin_read_timeout      = 30
      origin_keepalive_timeout = 55 # under the load balancer's idle timeout
    }
  }

  default_cache_behavior {
    target_origin_id         = "load-balancer"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    compress                 = true
    cache_policy_id          = aws_cloudfront_cache_policy.this.id
    origin_request_policy_id = data.aws_cloudfront_origin_request_policy.all.id
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}
