mock_provider "aws" {
  source = "../../tests"
}

override_module {
  target  = module.certificate
  outputs = { arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" }
}

variables {
  domain          = "heritage.example"
  zone_id         = "Z0123456789"
  zones           = ["eu-west-1a", "eu-west-1b"]
  image           = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
  own_image       = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/own:4567def"
  own_program     = "/usr/local/bin/own"
  repository_arns = ["arn:aws:ecr:eu-west-1:123456789012:repository/whc", "arn:aws:ecr:eu-west-1:123456789012:repository/own"]
}

run "serves_two_programs_side_by_side" {
  assert {
    condition = { for key, service in module.service : key => service.containers[0].entryPoint } == {
      web = ["/usr/local/bin/whc"], own = ["/usr/local/bin/own"]
    }
    error_message = "each service must run its own program"
  }

  assert {
    condition = { for key, service in module.service : key => "${one(service.serves.hosts)} ${service.serves.priority}" } == {
      web = "heritage.example 100", own = "own.heritage.example 200"
    }
    error_message = "two rules of one listener need two names and two priorities"
  }

  assert {
    condition = (
      module.service["web"].name != module.service["own"].name &&
      module.service["web"].log_group != module.service["own"].log_group
    )
    error_message = "each service must have its own tasks and its own log"
  }

  assert {
    condition = module.service["own"].containers[0].healthCheck.command == ["CMD", "/usr/local/bin/own", "healthcheck"] && (
      module.service["own"].containers[0].name == "own"
    )
    error_message = "the other program must be asked itself whether it lives"
  }
}
