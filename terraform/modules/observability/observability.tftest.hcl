mock_provider "aws" {
  source = "../../tests"
}

variables {
  name      = "whc-test"
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:whc-test-alarms"
  service = {
    cluster_name = "whc-test"
    service_name = "whc-test"
    service_arn  = "arn:aws:ecs:eu-west-1:123456789012:service/whc-test/whc-test"
    log_group    = "/whc/whc-test"
  }
  load_balancer = {
    arn_suffix    = "app/whc-test/50dc6c495c0c9188"
    target_groups = { blue = "targetgroup/blue/1", green = "targetgroup/green/2" }
  }
  database   = { kind = "cluster", identifier = "whc-test", max_connections = 80 }
  proxy_name = "whc-test"
  cache      = { name = "whc-test", gigabytes = 2, max_connections = 1000 }
  functions  = { rotation = "whc-test-rotation" }
}

run "tells_somebody" {
  assert {
    condition = alltrue(
      [for alarm in local.every_alarm : alarm.alarm_actions == toset([var.topic_arn]) && coalesce(alarm.actions_enabled, true)]
    )
    error_message = "every alarm must reach the topic"
  }
}

run "notices_that_answers_are_old" {
  command = plan

  assert {
    condition = { for key, filter in aws_cloudwatch_log_metric_filter.this : key => {
      log = filter.log_group_name, pattern = filter.pattern, metric = one(
        filter.metric_transformation
      ).name, value = one(filter.metric_transformation).value
      } } == {
      errors = { log = "/whc/whc-test", pattern = local.patterns.errors, metric = "Errors", value = "1" }
      stale  = { log = "/whc/whc-test", pattern = local.patterns.stale, metric = "SitesStale", value = "1" }
      fresh  = { log = "/whc/whc-test", pattern = local.patterns.fresh, metric = "SitesStale", value = "0" }
    }
    error_message = "what the program says must become the figures that the alarms look at"
  }

  # The same words are in whc-hyper/tests/it/alarms.rs, by way of the files.
  assert {
    condition = local.patterns == {
      errors = "{ $.level = \"ERROR\" }"
      stale  = "{ $.message = \"the sites cannot be brought up to date\" }"
      fresh = join("", [
        "{ $.message = \"the source of the sites answers again\" ||", " $.message = \"serving a new snapshot of the sites\" }",
      ])
    }
    error_message = "a pattern that the program never writes is an alarm that never comes: cargo test has the last word"
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.stale.metric_name == "SitesStale" && aws_cloudwatch_metric_alarm.stale.namespace == one(
        aws_cloudwatch_log_metric_filter.this["stale"].metric_transformation
      ).namespace &&
      aws_cloudwatch_metric_alarm.stale.treat_missing_data == "ignore" &&
      aws_cloudwatch_metric_alarm.stale.threshold == 0 &&
      aws_cloudwatch_metric_alarm.stale.statistic == "Minimum"
    )
    error_message = "the program says once that it falls behind, so the alarm must last until it says otherwise"
  }
}

run "notices_that_nobody_answers" {
  command = plan

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.nobody.treat_missing_data == "breaching" &&
      aws_cloudwatch_metric_alarm.nobody.comparison_operator == "LessThanThreshold" &&
      aws_cloudwatch_metric_alarm.nobody.threshold == 1
    )
    error_message = "without a healthy task there may be no figures at all"
  }

  assert {
    condition = toset(
      flatten(
        [for query in aws_cloudwatch_metric_alarm.nobody.metric_query :
          [for metric in query.metric : "${metric.metric_name} ${metric.dimensions.TargetGroup}"]
        ]
      )
      ) == toset([
        "HealthyHostCount targetgroup/blue/1", "HealthyHostCount targetgroup/green/2",
    ])
    error_message = "after a deployment tasks are in the other target group"
  }
}

run "tells_of_a_cache_that_is_full_or_asked_too_much" {
  command = plan

  assert {
    condition = { for key, alarm in aws_cloudwatch_metric_alarm.this :
      key => "${alarm.namespace} ${alarm.metric_name} ${alarm.statistic} ${alarm.threshold} ${jsonencode(alarm.dimensions)}"
      if startswith(key, "cache-")
      } == {
      cache-evictions   = "AWS/ElastiCache Evictions Sum 0 {\"clusterId\":\"whc-test\"}"
      cache-throttles   = "AWS/ElastiCache ThrottledCmds Sum 0 {\"clusterId\":\"whc-test\"}"
      cache-connections = "AWS/ElastiCache CurrConnections Maximum 1000 {\"clusterId\":\"whc-test\"}"
      cache-storage     = "AWS/ElastiCache BytesUsedForCache Maximum 1600000000 {\"clusterId\":\"whc-test\"}"
    }
    error_message = "what is dropped, refused or about to be must be heard of; a serverless cache is a clusterId, or there are no figures"
  }
}

run "watches_no_cache_where_there_is_none" {
  command = plan

  variables {
    cache = null
  }

  assert {
    condition     = length([for key in keys(aws_cloudwatch_metric_alarm.this) : key if startswith(key, "cache-")]) == 0
    error_message = "an alarm of nothing costs, and never comes"
  }
}

run "tells_of_what_matters" {
  assert {
    condition = length(setsubtract([
      "whc-test-ecs-cpu", "whc-test-ecs-memory", "whc-test-alb-5xx", "whc-test-target-5xx", "whc-test-alb-p99",
      "whc-test-unhealthy-blue", "whc-test-unhealthy-green", "whc-test-db-cpu", "whc-test-db-connections",
      "whc-test-db-replica-lag", "whc-test-proxy-pinned", "whc-test-rotation-errors", "whc-test-log-errors",
      "whc-test-sites-stale", "whc-test-healthy-hosts",
    ], output.alarms)) == 0
    error_message = "an alarm is missing"
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["ecs-cpu"].threshold == 80 &&
      aws_cloudwatch_metric_alarm.this["ecs-memory"].threshold == 80 &&
      aws_cloudwatch_metric_alarm.this["alb-p99"].extended_statistic == "p99"
    )
    error_message = "CPU and memory over 80 %, and the time of one answer in a hundred"
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 7
    error_message = "the dashboard must show the alarms and every graph"
  }
}

run "tells_in_time" {
  command = plan

  assert {
    condition = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => join(" ", [
      coalesce(
        alarm.statistic, alarm.extended_statistic
      ), alarm.metric_name, alarm.comparison_operator, alarm.threshold, alarm.datapoints_to_alarm, alarm.evaluation_periods,
      alarm.treat_missing_data
      ]) } == {
      ecs-cpu            = "Average CPUUtilization GreaterThanThreshold 80 15 15 notBreaching"
      ecs-memory         = "Maximum MemoryUtilization GreaterThanThreshold 80 15 15 notBreaching"
      log-errors         = "Sum Errors GreaterThanThreshold 5 1 5 notBreaching"
      alb-5xx            = "Sum HTTPCode_ELB_5XX_Count GreaterThanThreshold 10 1 5 notBreaching"
      target-5xx         = "Sum HTTPCode_Target_5XX_Count GreaterThanThreshold 10 1 5 notBreaching"
      alb-p99            = "p99 TargetResponseTime GreaterThanThreshold 1 15 15 notBreaching"
      unhealthy-blue     = "Maximum UnHealthyHostCount GreaterThanThreshold 0 5 5 notBreaching"
      unhealthy-green    = "Maximum UnHealthyHostCount GreaterThanThreshold 0 5 5 notBreaching"
      db-cpu             = "Maximum CPUUtilization GreaterThanThreshold 80 15 15 notBreaching"
      db-connections     = "Maximum DatabaseConnections GreaterThanThreshold 80 5 5 notBreaching"
      db-capacity        = "Maximum ACUUtilization GreaterThanThreshold 90 15 15 notBreaching"
      db-replica-lag     = "Maximum AuroraReplicaLagMaximum GreaterThanThreshold 1000 5 5 notBreaching"
      proxy-pinned       = "Maximum DatabaseConnectionsCurrentlySessionPinned GreaterThanThreshold 0 15 15 notBreaching"
      cache-evictions    = "Sum Evictions GreaterThanThreshold 0 1 5 notBreaching"
      cache-throttles    = "Sum ThrottledCmds GreaterThanThreshold 0 1 5 notBreaching"
      cache-connections  = "Maximum CurrConnections GreaterThanThreshold 1000 15 15 notBreaching"
      cache-storage      = "Maximum BytesUsedForCache GreaterThanThreshold 1600000000 15 15 notBreaching"
      rotation-errors    = "Sum Errors GreaterThanThreshold 0 1 5 notBreaching"
      rotation-throttles = "Sum Throttles GreaterThanThreshold 0 1 5 notBreaching"
    }
    error_message = "an alarm looks at something else, or tells later, than was agreed"
  }
}

run "tells_of_a_deployment_that_failed" {
  assert {
    condition = jsondecode(aws_cloudwatch_event_rule.deployment_failed.event_pattern) == {
      source      = ["aws.ecs"]
      detail-type = ["ECS Deployment State Change"]
      resources   = [var.service.service_arn]
      detail      = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] }
    }
    error_message = "a deployment of this service that failed must be an event that the rule knows"
  }

  assert {
    condition     = aws_cloudwatch_event_target.deployment_failed.arn == var.topic_arn
    error_message = "a rotation asks for a deployment while nobody looks"
  }
}

run "does_with_less" {
  command = plan

  variables {
    database   = { kind = "instance", identifier = "whc-test", max_connections = 60 }
    proxy_name = null
    functions  = {}
  }

  assert {
    condition = !anytrue(
      [for name in keys(aws_cloudwatch_metric_alarm.this) : contains(["db-replica-lag", "proxy-pinned", "rotation-errors"], name)]
    )
    error_message = "what is not there must not be watched"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["db-cpu"].dimensions == tomap({ DBInstanceIdentifier = "whc-test" })
    error_message = "an instance is watched as an instance"
  }
}
