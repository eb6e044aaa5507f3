# Names that lead to a load balancer, a distribution or an accelerator, without an address of their own.

resource "aws_route53_record" "this" {
  #checkov:skip=CKV2_AWS_23:the target is a resource of another module
  for_each = { for pair in setproduct(var.names, var.types) : "${pair[0]} ${pair[1]}" => { name = pair[0], type = pair[1] } }

  zone_id         = var.zone_id
  name            = each.value.name
  type            = each.value.type
  allow_overwrite = true # when a region is lost, another state takes the name over

  alias {
    name                   = var.target.dns_name
    zone_id                = var.target.zone_id
    evaluate_target_health = false # with one target there is nowhere else to send anybody
  }
}
