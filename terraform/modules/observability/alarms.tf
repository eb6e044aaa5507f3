# What somebody is told of. An alarm is a line of a table; what to do about each is in docs/OPERATIONS.md.

locals {
  # --- Service ----------------------------------------------------------------------------------------------------------

  of_service = { ClusterName = var.service.cluster_name, ServiceName = var.service.service_name }

  service_alarms = {
    ecs-cpu = {
      namespace  = "AWS/ECS"
      metric     = "CPUUtilization"
      dimensions = local.of_service
      stat       = "Average"
      over       = 80
      minutes    = 15
      text       = "tasks are busy; autoscaling does not keep up"
    }
    ecs-memory = {
      namespace  = "AWS/ECS"
      metric     = "MemoryUtilization"
      dimensions = local.of_service
      stat       = "Maximum"
      over       = 80
      minutes    = 15
      text       = "tasks are about to run out of memory"
    }
    log-errors = {
      namespace  = local.of_log
      metric     = "Errors"
      dimensions = {}
      stat       = "Sum"
      over       = 5
      minutes    = 5
      text       = "the service logs errors"
    }
  }

  # --- Load balancer ----------------------------------------------------------------------------------------------------

  of_load_balancer = { LoadBalancer = var.load_balancer.arn_suffix }

  load_balancer_alarms = merge(
    {
      alb-5xx = {
        namespace  = "AWS/ApplicationELB"
        metric     = "HTTPCode_ELB_5XX_Count"
        dimensions = local.of_load_balancer
        stat       = "Sum"
        over       = 10
        minutes    = 5
        text       = "the load balancer reaches no task, or loses answers"
      }
      target-5xx = {
        namespace  = "AWS/ApplicationELB"
        metric     = "HTTPCode_Target_5XX_Count"
        dimensions = local.of_load_balancer
        stat       = "Sum"
        over       = 10
        minutes    = 5
        text       = "the service answers with errors"
      }
      alb-p99 = {
        namespace  = "AWS/ApplicationELB"
        metric     = "TargetResponseTime"
        dimensions = local.of_load_balancer
        stat       = "p99"
        over       = 1
        minutes    = 15
        text       = "one answer in a hundred takes longer than a second"
      }
    },
    { for colour, suffix in var.load_balancer.target_groups : "unhealthy-${colour}" => {
      namespace  = "AWS/ApplicationELB", metric = "UnHealthyHostCount"
      dimensions = merge(local.of_load_balancer, { TargetGroup = suffix }), stat = "Maximum", over = 0, minutes = 5
      text       = "a task does not answer /livez"
    } },
  )

  # --- Database ---------------------------------------------------------------------------------------------------------

  of_database = { (var.database.kind == "cluster" ? "DBClusterIdentifier" : "DBInstanceIdentifier") = var.database.identifier }

  database_alarms = merge(
    {
      db-cpu = {
        namespace  = "AWS/RDS"
        metric     = "CPUUtilization"
        dimensions = local.of_database
        stat       = "Maximum"
        over       = 80
        minutes    = 15
        text       = "the database is busy"
      }
      db-connections = {
        namespace  = "AWS/RDS"
        metric     = "DatabaseConnections"
        dimensions = local.of_database
        stat       = "Maximum"
        over       = var.database.max_connections
        minutes    = 5
        text       = "the database runs out of connections"
      }
    },
    var.database.kind == "cluster" ? {
      db-capacity = {
        namespace  = "AWS/RDS"
        metric     = "ACUUtilization"
        dimensions = local.of_database
        stat       = "Maximum"
        over       = 90
        minutes    = 15
        text       = "the cluster is at its greatest capacity"
      }
      db-replica-lag = {
        namespace  = "AWS/RDS"
        metric     = "AuroraReplicaLagMaximum"
        dimensions = local.of_database
        stat       = "Maximum"
        over       = 1000
        minutes    = 5
        text       = "a replica is more than a second behind"
      }
    } : {},
  )

  proxy_alarms = { for name in var.proxy_name[*] : "proxy-pinned" => {
    namespace  = "AWS/RDS", metric = "DatabaseConnectionsCurrentlySessionPinned"
    dimensions = { ProxyName = name }, stat = "Maximum", over = 0, minutes = 15
    text       = "a session is pinned: something sends what RDS Proxy cannot share (SET, PREPARE, LISTEN, locks)"
  } }

  # --- Cache ------------------------------------------------------------------------------------------------------------

  cache_alarms = merge([for cache in var.cache[*] : { for name, alarm in {
    cache-evictions = {
      metric  = "Evictions"
      stat    = "Sum"
      over    = 0
      minutes = 5
      text    = "the cache is full and drops what it holds, sessions included"
    }
    cache-throttles = {
      metric  = "ThrottledCmds"
      stat    = "Sum"
      over    = 0
      minutes = 5
      text    = "the cache is asked more than it may answer in a second"
    }
    cache-connections = {
      metric  = "CurrConnections"
      stat    = "Maximum"
      over    = cache.max_connections
      minutes = 15
      text    = "the cache has more connections than processes need"
    }
    cache-storage = {
      metric  = "BytesUsedForCache"
      stat    = "Maximum"
      over    = cache.gigabytes * 800000000
      minutes = 15
      text    = "the cache is filled to four fifths"
    }
    # Serverless ones are called so: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html
  } : name => merge(alarm, { namespace = "AWS/ElastiCache", dimensions = { clusterId = cache.name } }) }]...)

  # --- Functions --------------------------------------------------------------------------------------------------------

  function_alarms = merge([for purpose, function in var.functions : {
    "${purpose}-errors" = {
      namespace  = "AWS/Lambda"
      metric     = "Errors"
      dimensions = { FunctionName = function }
      stat       = "Sum"
      over       = 0
      minutes    = 5
      text       = "${purpose} fails"
    }
    "${purpose}-throttles" = {
      namespace  = "AWS/Lambda"
      metric     = "Throttles"
      dimensions = { FunctionName = function }
      stat       = "Sum"
      over       = 0
      minutes    = 5
      text       = "${purpose} is called more often at once than it may be"
    }
  }]...)

  alarms = merge(
    local.service_alarms, local.load_balancer_alarms, local.database_alarms, local.proxy_alarms, local.cache_alarms, local.function_alarms,
  )
}

# --- Alarms -------------------------------------------------------------------------------------------------------------

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.text
  alarm_actions     = [var.topic_arn]
  ok_actions        = [var.topic_arn]

  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.stat, "p") ? null : each.value.stat
  extended_statistic  = startswith(each.value.stat, "p") ? each.value.stat : null
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.over
  period              = 60
  evaluation_periods  = each.value.minutes
  datapoints_to_alarm = each.value.stat == "Sum" ? 1 : each.value.minutes
  treat_missing_data  = "notBreaching" # no requests, no figures
}
