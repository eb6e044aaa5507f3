mock_provider "aws" {
  source = "../../tests"
}

variables {
  name              = "whc-test"
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-edge"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
}

run "speaks_tls_only" {
  command = plan

  assert {
    condition = (
      aws_lb_listener.https.protocol == "HTTPS" &&
      startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-1-2-")
    )
    error_message = "HTTPS must offer TLS 1.3 and nothing under 1.2"
  }

  assert {
    condition = (
      one(one(aws_lb_listener.http.default_action).redirect).status_code == "HTTP_301" &&
      one(one(aws_lb_listener.http.default_action).redirect).protocol == "HTTPS"
    )
    error_message = "HTTP must only lead to HTTPS"
  }
}

run "forwards_nothing_by_itself" {
  command = plan

  assert {
    condition = (
      one(aws_lb_listener.https.default_action).type == "fixed-response" &&
      one(one(aws_lb_listener.https.default_action).fixed_response).status_code == "404" && aws_lb_listener_rule.private.priority == 1
    )
    error_message = "what belongs to no service must be nobody's, and private paths must be closed before any service is asked"
  }
}

run "hardens_the_load_balancer" {
  command = plan

  assert {
    condition = (
      aws_lb.this.drop_invalid_header_fields &&
      aws_lb.this.desync_mitigation_mode == "strictest" &&
      aws_lb.this.enable_deletion_protection
    )
    error_message = "invalid headers must be dropped, and deletion must be protected"
  }

  assert {
    condition = (
      contains(one(one(aws_lb_listener_rule.private.condition).path_pattern).values, "/metrics") &&
      one(aws_lb_listener_rule.private.action).type == "fixed-response"
    )
    error_message = "metrics are not for the world"
  }
}

run "writes_access_logs_where_it_can" {
  command = plan

  assert {
    condition     = one(aws_lb.this.access_logs).enabled && one(aws_lb.this.access_logs).prefix == "alb"
    error_message = "access logs must be on"
  }

  assert {
    condition     = module.log_bucket.sse_algorithm == "AES256"
    error_message = "load balancers cannot write to a bucket encrypted with KMS: it must be SSE-S3"
  }

  assert {
    condition = [for s in jsondecode(module.log_bucket.policy).Statement :
      "${s.Principal.Service} ${s.Resource}" if s.Action == "s3:PutObject"
    ] == ["logdelivery.elasticloadbalancing.amazonaws.com arn:aws:s3:::whc-test-logs-123456789012/alb/AWSLogs/123456789012/*"]
    error_message = "load balancers must be allowed to write where they are told to"
  }

  assert {
    condition     = !anytrue([for s in jsondecode(module.log_bucket.policy).Statement : can(s.Condition) if s.Effect == "Allow"])
    error_message = "a condition that AWS's own example lacks may lose every log, and nobody is told"
  }
}

run "refuses_a_single_zone" {
  command = plan

  variables {
    subnet_ids = ["subnet-a"]
  }

  expect_failures = [var.subnet_ids]
}
