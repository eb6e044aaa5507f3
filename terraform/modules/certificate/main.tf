# A certificate that renews itself: proof of the domain stays in DNS.

resource "aws_acm_certificate" "this" {
  region                    = var.region
  domain_name               = var.domain
  subject_alternative_names = sort(var.alternatives)
  validation_method         = "DNS"
  key_algorithm             = "EC_prime256v1"

  lifecycle {
    create_before_destroy = true
  }
}

# --- Proof ------------------------------------------------------------------------------------------------------------

locals {
  names  = toset(concat([var.domain], tolist(var.alternatives)))
  proofs = { for proof in aws_acm_certificate.this.domain_validation_options : proof.domain_name => proof }
}

resource "aws_route53_record" "proof" {
  for_each = local.names

  zone_id         = var.zone_id
  name            = local.proofs[each.key].resource_record_name
  type            = local.proofs[each.key].resource_record_type
  records         = [local.proofs[each.key].resource_record_value]
  ttl             = 300
  allow_overwrite = true # the same name in another region asks for the same record
}

resource "aws_acm_certificate_validation" "this" {
  region                  = var.region
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.proof : record.fqdn]
}
