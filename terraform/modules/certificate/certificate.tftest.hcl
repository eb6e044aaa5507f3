mock_provider "aws" {
  source = "../../tests"

  override_resource {
    target = aws_acm_certificate.this
    values = {
      arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
      domain_validation_options = [
        {
          domain_name           = "heritage.example"
          resource_record_name  = "_a.heritage.example"
          resource_record_type  = "CNAME"
          resource_record_value = "_x.acm"
        },
        {
          domain_name           = "origin.heritage.example"
          resource_record_name  = "_b.heritage.example"
          resource_record_type  = "CNAME"
          resource_record_value = "_y.acm"
        },
      ]
    }
  }
}

variables {
  domain       = "heritage.example"
  alternatives = ["origin.heritage.example"]
  zone_id      = "Z0123456789"
  region       = "us-east-1"
}

run "proves_every_name" {
  assert {
    condition = { for name, record in aws_route53_record.proof :
      name => one(record.records)
    } == { "heritage.example" = "_x.acm", "origin.heritage.example" = "_y.acm" }
    error_message = "every name on the certificate needs its own proof in DNS"
  }

  assert {
    condition     = aws_acm_certificate.this.region == "us-east-1" && aws_acm_certificate_validation.this.region == "us-east-1"
    error_message = "the certificate must be in the region that was asked for"
  }
}

run "refuses_a_url" {
  command = plan

  variables {
    domain = "https://heritage.example/"
  }

  expect_failures = [var.domain]
}
