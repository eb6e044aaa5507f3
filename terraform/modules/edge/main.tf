# Where requests come in: a load balancer that speaks TLS 1.3 and forwards nothing by itself.

data "aws_caller_identity" "current" {}

# --- Load balancer ----------------------------------------------------------------------------------------------------

resource "aws_lb" "this" {
  #checkov:skip=CKV2_AWS_28:the module waf protects it, or CloudFront in front of it
  #checkov:skip=CKV_AWS_150:deletion_protection, which only an environment made to be thrown away turns off
  name               = var.name
  load_balancer_type = "application"
  internal           = var.internal
  subnets            = var.subnet_ids
  security_groups    = [var.security_group_id]

  idle_timeout               = var.idle_timeout_seconds
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"
  enable_http2               = true
  enable_deletion_protection = var.deletion_protection

  access_logs {
    enabled = true
    bucket  = module.log_bucket.name
    prefix  = "alb"
  }
}

# --- Access logs: Elastic Load Balancing can write to SSE-S3 buckets only, never to SSE-KMS ---------------------------

module "log_bucket" {
  source = "../bucket"

  name              = "${var.name}-logs-${data.aws_caller_identity.current.account_id}"
  kms_key_arn       = null
  expire_after_days = var.log_retention_days

  writers = [{
    service = "logdelivery.elasticloadbalancing.amazonaws.com"
    prefix  = "alb/"
  }]
}

# --- Listeners --------------------------------------------------------------------------------------------------------

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      status_code = "HTTP_301"
      protocol    = "HTTPS"
      port        = "443"
    }
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"

  # A service adds its own rule; what belongs to none is nobody's. So have it the examples of blue/green deployments: a fixed response of
  # the listener, and beside it a rule whose forward ECS shifts (terraform-aws-modules/terraform-aws-ecs, examples/fargate).
  default_action {
    type = "fixed-response"

    fixed_response {
      status_code  = "404"
      content_type = "text/plain"
      message_body = "Not Found"
    }
  }
}

# --- Paths that are not for the world ---------------------------------------------------------------------------------

resource "aws_lb_listener_rule" "private" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 1

  condition {
    path_pattern {
      values = var.private_paths
    }
  }

  action {
    type = "fixed-response"

    fixed_response {
      status_code  = "404"
      content_type = "text/plain"
      message_body = "Not Found"
    }
  }
}
