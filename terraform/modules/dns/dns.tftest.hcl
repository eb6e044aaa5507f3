mock_provider "aws" {
  source = "../../tests"
}

variables {
  zone_id = "Z0123456789"
  names   = ["heritage.example", "www.heritage.example"]
  types   = ["A", "AAAA"]
  target  = { dns_name = "lb.example", zone_id = "Z32O12XQLNTSW2" }
}

run "leads_every_name_there" {
  command = plan

  assert {
    condition     = length(aws_route53_record.this) == 4 && alltrue([for r in aws_route53_record.this : one(r.alias).name == "lb.example"])
    error_message = "each name needs each type, as an alias of the target"
  }
}

run "refuses_other_types" {
  command = plan

  variables {
    types = ["CNAME"]
  }

  expect_failures = [var.types]
}
