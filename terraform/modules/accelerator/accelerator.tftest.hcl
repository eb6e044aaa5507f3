mock_provider "aws" {
  source = "../../tests"
}

variables {
  name              = "whc-test"
  region            = "eu-west-1"
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/whc-test/50dc6c495c0c9188"
}

run "leads_to_the_load_balancer" {
  command = plan

  assert {
    condition     = one(aws_globalaccelerator_endpoint_group.this.endpoint_configuration).endpoint_id == var.load_balancer_arn
    error_message = "it must lead to the load balancer"
  }

  assert {
    condition     = one(aws_globalaccelerator_endpoint_group.this.endpoint_configuration).client_ip_preservation_enabled
    error_message = "the rate limit counts addresses of clients, so they must be kept"
  }

  assert {
    condition     = toset([for range in aws_globalaccelerator_listener.this.port_range : range.from_port]) == toset([80, 443])
    error_message = "it must answer on 80 and 443 only"
  }
}
