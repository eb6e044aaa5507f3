# Who may talk to whom. A tier is a security group; a flow is a line of the table below and opens both its ends.

locals {
  tiers = {
    edge     = "Load balancer"
    app      = "Tasks of the service"
    job      = "One-off tasks: migrate, logins, import"
    function = "Lambda functions"
    proxy    = "RDS Proxy"
    data     = "Database"
    cache    = "Cache"
    endpoint = "VPC endpoints"
  }

  # --- The table ------------------------------------------------------------------------------------------------------

  flows = merge(
    {
      edge_to_app = { from = "edge", to = "app", port = var.app_port }
      # Migrations and rotations need a session of their own, which a pooler does not give.
      job_to_data      = { from = "job", to = "data", port = 5432 }
      function_to_data = { from = "function", to = "data", port = 5432 }
    },
    var.database_proxy ? {
      app_to_proxy      = { from = "app", to = "proxy", port = 5432 }
      function_to_proxy = { from = "function", to = "proxy", port = 5432 }
      proxy_to_data     = { from = "proxy", to = "data", port = 5432 }
      } : {
      app_to_data = { from = "app", to = "data", port = 5432 }
    },
    var.cache ? {
      app_to_cache      = { from = "app", to = "cache", port = 6379 }
      function_to_cache = { from = "function", to = "cache", port = 6379 }
    } : {},
    length(var.interface_endpoints) == 0 ? {} : {
      app_to_endpoint      = { from = "app", to = "endpoint", port = 443 }
      job_to_endpoint      = { from = "job", to = "endpoint", port = 443 }
      function_to_endpoint = { from = "function", to = "endpoint", port = 443 }
    },
  )

  # What fetches images and calls AWS or an identity provider. The data tier is not among them.
  https_out = toset(["app", "job", "function"])
}

# --- The groups -------------------------------------------------------------------------------------------------------

resource "aws_security_group" "tier" {
  #checkov:skip=CKV2_AWS_5:attached by the modules that use the network
  for_each = local.tiers

  name_prefix = "${var.name}-${each.key}-"
  description = each.value
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

# --- Tier to tier, by reference ---------------------------------------------------------------------------------------

resource "aws_vpc_security_group_egress_rule" "flow" {
  for_each = local.flows

  description                  = each.key
  security_group_id            = aws_security_group.tier[each.value.from].id
  referenced_security_group_id = aws_security_group.tier[each.value.to].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "flow" {
  for_each = local.flows

  description                  = each.key
  security_group_id            = aws_security_group.tier[each.value.to].id
  referenced_security_group_id = aws_security_group.tier[each.value.from].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

# --- To and from the internet -----------------------------------------------------------------------------------------

resource "aws_vpc_security_group_egress_rule" "https_out" {
  for_each = local.https_out

  description       = "images, AWS, identity providers"
  security_group_id = aws_security_group.tier[each.key].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "internet_to_edge" {
  #checkov:skip=CKV_AWS_260:port 80 answers only with a redirect to 443
  for_each = var.edge_open_to == "internet" ? { http = 80, https = 443 } : {}

  description       = "${each.key} from anywhere"
  security_group_id = aws_security_group.tier["edge"].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

data "aws_ec2_managed_prefix_list" "cloudfront" {
  count = var.edge_open_to == "cloudfront" ? 1 : 0

  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_vpc_security_group_ingress_rule" "cloudfront_to_edge" {
  count = var.edge_open_to == "cloudfront" ? 1 : 0

  description       = "https from CloudFront"
  security_group_id = aws_security_group.tier["edge"].id
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront[0].id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
