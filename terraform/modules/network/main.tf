# The private network: three kinds of subnets in every zone, and the ways out of them.

locals {
  # Sixteen parts of the network: four of each kind, so that up to four zones fit without renumbering.
  parts = { public = 0, app = 4, data = 8 }
  cidrs = { for kind, first in local.parts : kind => {
    for index, zone in var.zones : zone => cidrsubnet(var.cidr, 4, first + index)
  } }
  zones     = toset(var.zones)
  nat_zones = toset({ none = [], single = slice(var.zones, 0, 1), per_zone = var.zones }[var.nat])
}

# --- The network ------------------------------------------------------------------------------------------------------

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

# What is in no group of ours reaches nothing and is reached by nothing.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.this.id
}

# --- Public subnets: load balancer and NAT gateways -------------------------------------------------------------------

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = var.name }
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = local.cidrs.public[each.key]
  map_public_ip_on_launch = false
  tags                    = { Name = "${var.name}-public-${each.key}" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${var.name}-public" }
}

resource "aws_route" "public_to_internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each = local.zones

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public.id
}

# --- NAT: one per zone survives the loss of a zone, a single one is cheaper, none needs public addresses --------------

resource "aws_eip" "nat" {
  #checkov:skip=CKV2_AWS_19:it is attached to the NAT gateway below
  for_each = local.nat_zones

  domain = "vpc"
  tags   = { Name = "${var.name}-nat-${each.key}" }
}

resource "aws_nat_gateway" "this" {
  for_each = local.nat_zones

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = { Name = "${var.name}-${each.key}" }
  depends_on    = [aws_internet_gateway.this]
}

# --- Private subnets of the service: out by NAT, in from the load balancer only ---------------------------------------

resource "aws_subnet" "app" {
  for_each = local.zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = local.cidrs.app[each.key]
  map_public_ip_on_launch = false
  tags                    = { Name = "${var.name}-app-${each.key}" }
}

resource "aws_route_table" "app" {
  for_each = local.zones

  vpc_id = aws_vpc.this.id
  tags   = { Name = "${var.name}-app-${each.key}" }
}

resource "aws_route" "app_to_internet" {
  for_each = var.nat == "none" ? toset([]) : local.zones

  route_table_id         = aws_route_table.app[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[var.nat == "single" ? var.zones[0] : each.key].id
}

resource "aws_route_table_association" "app" {
  for_each = local.zones

  subnet_id      = aws_subnet.app[each.key].id
  route_table_id = aws_route_table.app[each.key].id
}

# --- Private subnets of the data: no way out at all -------------------------------------------------------------------

resource "aws_subnet" "data" {
  for_each = local.zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = local.cidrs.data[each.key]
  map_public_ip_on_launch = false
  tags                    = { Name = "${var.name}-data-${each.key}" }
}

# It has the local route only, and must never get another.
resource "aws_route_table" "data" {
  vpc_id = aws_vpc.this.id
  route  = []
  tags   = { Name = "${var.name}-data" }
}

resource "aws_route_table_association" "data" {
  for_each = local.zones

  subnet_id      = aws_subnet.data[each.key].id
  route_table_id = aws_route_table.data.id
}
