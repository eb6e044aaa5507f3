mock_provider "aws" {
  source = "../../tests"
}

variables {
  name                     = "whc-test"
  environment              = "test"
  emails                   = ["ops@heritage.example"]
  domain                   = "heritage.example"
  cluster_name             = "whc-test"
  load_balancer_arn_suffix = "app/whc-test/50dc6c495c0c9188"
  usd_per_month            = 100

  service = {
    name          = "whc-test-web"
    arn           = "arn:aws:ecs:eu-west-1:123456789012:service/whc-test/whc-test-web"
    log_group     = "/whc/whc-test-web"
    target_groups = { blue = "targetgroup/blue/1" }
  }

  database = { kind = "instance", identifier = "whc-test", max_connections = 60 }
}

run "tells_the_same_people_of_everything" {
  assert {
    condition     = output.watched == { asks = "https://heritage.example/readyz", heard_by = toset(["ops@heritage.example"]) }
    error_message = "whoever hears of alarms must hear of the canary"
  }

  assert {
    condition = length(
      setsubtract(["whc-test-canary", "whc-test-sites-stale", "whc-test-healthy-hosts", "whc-test-log-errors"], output.alarms)
    ) == 0
    error_message = "a service that nobody reaches, that answers of yesterday, or that fails must be heard of"
  }
}
