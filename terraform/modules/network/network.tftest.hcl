mock_provider "aws" {
  source = "../../tests"
}

variables {
  name           = "whc-test"
  cidr           = "10.20.0.0/16"
  zones          = ["eu-west-1a", "eu-west-1b"]
  nat            = "per_zone"
  database_proxy = true
  kms_key_arn    = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "spans_zones" {
  command = plan

  assert {
    condition     = alltrue([for kind in [aws_subnet.public, aws_subnet.app, aws_subnet.data] : length(kind) == 2])
    error_message = "every kind of subnet must be in every zone"
  }

  assert {
    condition     = length(distinct(flatten([for kind in local.cidrs : values(kind)]))) == 6
    error_message = "subnets must not overlap"
  }

  assert {
    condition = alltrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.app), values(aws_subnet.data)) :
      !subnet.map_public_ip_on_launch
    ])
    error_message = "nothing may get a public address without asking"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 2 && length(aws_route.app_to_internet) == 2
    error_message = "each zone must have its own way out"
  }
}

run "saves_on_nat" {
  command = plan

  variables {
    nat = "single"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.app_to_internet) == 2
    error_message = "all zones must share the one NAT gateway"
  }
}

run "does_without_nat" {
  command = plan

  variables {
    nat                 = "none"
    interface_endpoints = []
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_route.app_to_internet) == 0 && length(aws_vpc_endpoint.interface) == 0
    error_message = "nothing that is paid by the hour may be left"
  }
}

run "keeps_data_in" {
  command = plan

  assert {
    condition     = length(aws_route_table.data.route) == 0
    error_message = "the data subnets must have no route out"
  }

  assert {
    condition     = alltrue([for flow in local.flows : !contains(["data", "edge"], flow.from) || flow.to == "app"])
    error_message = "the database must not open connections, the load balancer only to the service"
  }

  assert {
    condition     = !contains(local.https_out, "data") && !contains(local.https_out, "proxy")
    error_message = "the data tier must not reach the internet"
  }
}

run "opens_tier_to_tier_only" {
  command = plan

  assert {
    condition = { for name, flow in local.flows :
      name => "${flow.from}>${flow.to}:${flow.port}"
      if contains(["data", "proxy", "app"], flow.to)
      } == {
      edge_to_app       = "edge>app:4000"
      app_to_proxy      = "app>proxy:5432"
      function_to_proxy = "function>proxy:5432"
      proxy_to_data     = "proxy>data:5432"
      job_to_data       = "job>data:5432"
      function_to_data  = "function>data:5432"
    }
    error_message = "somebody new reaches the service or the database"
  }

  assert {
    condition     = !anytrue([for flow in local.flows : flow.to == "cache"])
    error_message = "what is not there needs no flow"
  }

  assert {
    condition = alltrue([for rule in aws_vpc_security_group_ingress_rule.flow :
      rule.cidr_ipv4 == null && rule.cidr_ipv6 == null && rule.ip_protocol == "tcp" && rule.from_port == rule.to_port
    ])
    error_message = "tiers must be opened by reference, one port at a time"
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.internet_to_edge : rule.from_port]) == toset([80, 443])
    error_message = "the internet must reach ports 80 and 443 only"
  }
}

run "opens_the_cache_to_who_shares_it" {
  command = plan

  variables {
    cache = true
  }

  assert {
    condition = toset([
      for flow in local.flows : "${flow.from}>${flow.to}:${flow.port}" if contains([flow.from, flow.to], "cache")
    ]) == toset(["app>cache:6379", "function>cache:6379"])
    error_message = "the service and functions share answers; one-off tasks and the internet have nothing to do there"
  }

  assert {
    condition     = !contains(local.https_out, "cache")
    error_message = "the cache must not reach the internet"
  }
}

run "references_the_groups_of_the_flow" {
  assert {
    condition = alltrue([for name, rule in aws_vpc_security_group_ingress_rule.flow :
      rule.security_group_id == aws_security_group.tier[local.flows[name].to].id &&
      rule.referenced_security_group_id == aws_security_group.tier[local.flows[name].from].id
    ])
    error_message = "an ingress rule must be on the group it leads to and name the one it comes from"
  }

  assert {
    condition = alltrue([for rule in aws_vpc_security_group_ingress_rule.internet_to_edge :
      rule.security_group_id == output.security_group_ids.edge
    ])
    error_message = "only the load balancer may be open to the internet"
  }
}

run "hides_behind_cloudfront" {
  command = plan

  variables {
    edge_open_to = "cloudfront"
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.internet_to_edge) == 0
    error_message = "the load balancer must be open to CloudFront only"
  }
}

run "logs_who_talks_to_whom" {
  command = plan

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow.kms_key_id == var.kms_key_arn
    error_message = "flow logs must keep everything, encrypted"
  }
}

run "refuses_one_zone" {
  command = plan

  variables {
    zones = ["eu-west-1a"]
  }

  expect_failures = [var.zones]
}

run "routes_each_kind_its_own_way" {
  assert {
    condition = (
      toset([for a in aws_route_table_association.data : a.route_table_id]) == toset([aws_route_table.data.id]) &&
      toset([for a in aws_route_table_association.public : a.route_table_id]) == toset([aws_route_table.public.id]) &&
      { for zone, a in aws_route_table_association.app :
        zone => a.route_table_id
      } == { for zone, table in aws_route_table.app : zone => table.id }
    )
    error_message = "a subnet must use the routes of its kind: data none, app those of its zone's NAT gateway, public the internet"
  }

  assert {
    condition = (
      aws_route.public_to_internet.route_table_id == aws_route_table.public.id &&
      aws_route.public_to_internet.gateway_id == aws_internet_gateway.this.id
    )
    error_message = "only the public subnets lead to the internet"
  }

  assert {
    condition = alltrue([for zone, route in aws_route.app_to_internet :
      route.route_table_id == aws_route_table.app[zone].id &&
      route.nat_gateway_id == aws_nat_gateway.this[zone].id &&
      route.gateway_id == null
    ])
    error_message = "tasks get out through the NAT gateway of their zone"
  }

  assert {
    condition     = !contains(aws_vpc_endpoint.s3.route_table_ids, aws_route_table.data.id)
    error_message = "the data subnets must have no way out, that to S3 included"
  }
}

run "puts_endpoints_where_tasks_are" {
  assert {
    condition = toset(keys(aws_vpc_endpoint.interface)) == toset(["secretsmanager", "ecr.api", "ecr.dkr", "logs"]) && alltrue([
      for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && endpoint.security_group_ids == toset(
        [aws_security_group.tier["endpoint"].id]
      ) &&
      endpoint.subnet_ids == toset(values(aws_subnet.app)[*].id)
    ])
    error_message = "an endpoint nobody finds, or that others reach, is none"
  }
}

run "opens_what_it_says" {
  assert {
    condition = alltrue([for rule in concat(
      values(aws_vpc_security_group_egress_rule.flow), values(aws_vpc_security_group_egress_rule.https_out)
      ) :
      rule.ip_protocol == "tcp" && rule.from_port == rule.to_port
    ])
    error_message = "a tier may open connections to one port at a time"
  }

  assert {
    condition = alltrue([for name, rule in aws_vpc_security_group_egress_rule.flow :
      rule.security_group_id == aws_security_group.tier[local.flows[name].from].id && rule.from_port == local.flows[name].port &&
      rule.referenced_security_group_id == aws_security_group.tier[local.flows[name].to].id
    ]) && alltrue([for name, rule in aws_vpc_security_group_ingress_rule.flow : rule.from_port == local.flows[name].port])
    error_message = "both ends of a flow must be open, at its port"
  }

  assert {
    condition = toset(
      [for tier, rule in aws_vpc_security_group_egress_rule.https_out : "${tier} ${rule.from_port}"]
    ) == toset(["app 443", "job 443", "function 443"])
    error_message = "only tasks and functions reach the internet, and only its port 443"
  }
}
