output "vpc_id" {
  description = "Id of the network."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Subnets with a route to the internet, in the order of zones."
  value       = [for zone in var.zones : aws_subnet.public[zone].id]
}

output "app_subnet_ids" {
  description = "Private subnets of the service, in the order of zones."
  value       = [for zone in var.zones : aws_subnet.app[zone].id]
}

output "data_subnet_ids" {
  description = "Private subnets without a way out, in the order of zones."
  value       = [for zone in var.zones : aws_subnet.data[zone].id]
}

output "security_group_ids" {
  description = "Security group of each tier: edge, app, job, function, proxy, data, cache, endpoint."
  value       = { for tier, group in aws_security_group.tier : tier => group.id }
}

output "flows" {
  description = "Who may talk to whom: from, to, port."
  value       = local.flows
}

output "reached_by_the_world" {
  description = "Ports that addresses outside of the network reach, for tests to read."
  value = toset([for rule in values(aws_vpc_security_group_ingress_rule.internet_to_edge) : "${rule.from_port} ${rule.cidr_ipv4}"
    if rule.security_group_id == aws_security_group.tier["edge"].id && rule.from_port == rule.to_port
  ])
}

output "built" {
  description = "Ways out and what flow logs keep, for tests to read."
  value       = { nat_gateways = length(aws_nat_gateway.this), logged = aws_flow_log.this.traffic_type }
}
