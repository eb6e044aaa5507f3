# What the log says, as metrics. The patterns are in files of their own, so that a test holds them against what the program really
# writes: whc-hyper/tests/it/alarms.rs. A word changed in the program would else silence an alarm.

locals {
  of_log = "whc/${var.name}"

  patterns = { for key in fileset("${path.module}/patterns", "*") : key => trimspace(file("${path.module}/patterns/${key}")) }

  # The program says once that it cannot follow the database, and once that it can again: 1 and 0 of one metric.
  log_metrics = {
    errors = { metric = "Errors", value = "1", default = "0" }
    stale  = { metric = "SitesStale", value = "1", default = null }
    fresh  = { metric = "SitesStale", value = "0", default = null }
  }
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.log_metrics

  name           = "${var.name}-${each.key}"
  log_group_name = var.service.log_group
  pattern        = local.patterns[each.key]

  metric_transformation {
    namespace     = local.of_log
    name          = each.value.metric
    value         = each.value.value
    default_value = each.value.default
  }
}
