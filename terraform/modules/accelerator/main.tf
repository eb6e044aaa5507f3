# Two fixed addresses, announced around the world, that lead to the load balancer over AWS's own network.

resource "aws_globalaccelerator_accelerator" "this" {
  #checkov:skip=CKV_AWS_75:the load balancer logs every request with the client's own address
  name            = var.name
  ip_address_type = "IPV4"
  enabled         = true
}

resource "aws_globalaccelerator_listener" "this" {
  accelerator_arn = aws_globalaccelerator_accelerator.this.arn
  protocol        = "TCP"

  dynamic "port_range" {
    for_each = [80, 443]
    content {
      from_port = port_range.value
      to_port   = port_range.value
    }
  }
}

resource "aws_globalaccelerator_endpoint_group" "this" {
  listener_arn          = aws_globalaccelerator_listener.this.arn
  endpoint_group_region = var.region

  # The health of a load balancer is that of its target groups; nothing is configured here.
  endpoint_configuration {
    endpoint_id                    = var.load_balancer_arn
    weight                         = 128
    client_ip_preservation_enabled = true
  }
}
