# Ways to AWS that do not leave the network.

data "aws_region" "current" {}

# --- S3: image layers; free ---------------------------------------------------------------------------------------------

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${data.aws_region.current.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = concat([for table in aws_route_table.app : table.id], [aws_route_table.public.id])
  tags              = { Name = "${var.name}-s3" }
}

# --- Secrets, images, logs: paid by the hour and zone ------------------------------------------------------------------

resource "aws_vpc_endpoint" "interface" {
  for_each = var.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${data.aws_region.current.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.app : subnet.id]
  security_group_ids  = [aws_security_group.tier["endpoint"].id]
  tags                = { Name = "${var.name}-${each.key}" }
}
