# How requests find tasks, and when a task counts as alive.

# --- Target groups: blue, and green where deployments need both -------------------------------------------------------

resource "aws_lb_target_group" "this" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; behind it only its security group reaches the port
  for_each = toset(local.blue_green ? ["blue", "green"] : ["blue"])

  name                              = "${var.name}-${each.key}"
  vpc_id                            = var.vpc_id
  target_type                       = "ip"
  protocol                          = "HTTP"
  protocol_version                  = "HTTP1"
  port                              = var.port
  load_balancing_algorithm_type     = "least_outstanding_requests"
  load_balancing_cross_zone_enabled = "true"

  # Requests under way end before the program does: it drains for as long, then ECS kills it.
  deregistration_delay = var.shutdown_delay_seconds + var.shutdown_timeout_seconds

  # Alive, not ready: a database away is no reason to replace tasks that answer from memory.
  health_check {
    path                = "/livez"
    protocol            = "HTTP"
    port                = "traffic-port"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

# --- Rule of the listener ---------------------------------------------------------------------------------------------

resource "aws_lb_listener_rule" "this" {
  listener_arn = var.load_balancer.listener_arn
  priority     = var.priority

  condition {
    host_header {
      values = var.hosts
    }
  }

  action {
    type = "forward"

    forward {
      dynamic "target_group" {
        for_each = aws_lb_target_group.this
        content {
          arn    = target_group.value.arn
          weight = target_group.key == "blue" ? 100 : 0
        }
      }
    }
  }

  # ECS shifts the weights during a blue/green deployment.
  lifecycle {
    ignore_changes = [action]
  }
}

# --- Role by which ECS shifts them ------------------------------------------------------------------------------------

module "shift_role" {
  source = "../role"
  count  = local.blue_green ? 1 : 0

  name                     = "${var.name}-shift"
  description              = "ECS moves requests from one target group of ${var.name} to the other"
  service                  = "ecs.amazonaws.com"
  managed_policies         = ["AmazonECSInfrastructureRolePolicyForLoadBalancers"]
  permissions_boundary_arn = var.permissions_boundary_arn
}
