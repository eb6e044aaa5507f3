# One page to look at: a graph for each line of the table.

data "aws_region" "current" {}

locals {
  graphs = [
    { title = "Requests", stat = "Sum", metrics = [["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.load_balancer.arn_suffix]] },
    { title = "Answers that failed", stat = "Sum", metrics = [
      ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", var.load_balancer.arn_suffix],
      ["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", "LoadBalancer", var.load_balancer.arn_suffix],
    ] },
    {
      title   = "Time to answer, p99, seconds"
      stat    = "p99"
      metrics = [["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", var.load_balancer.arn_suffix]]
    },
    { title = "CPU and memory of tasks, %", stat = "Average", metrics = [
      ["AWS/ECS", "CPUUtilization", "ClusterName", var.service.cluster_name, "ServiceName", var.service.service_name],
      ["AWS/ECS", "MemoryUtilization", "ClusterName", var.service.cluster_name, "ServiceName", var.service.service_name],
    ] },
    {
      title   = "CPU of the database, %"
      stat    = "Maximum"
      metrics = [["AWS/RDS", "CPUUtilization", one(keys(local.of_database)), var.database.identifier]]
    },
    {
      title   = "Connections to the database"
      stat    = "Maximum"
      metrics = [["AWS/RDS", "DatabaseConnections", one(keys(local.of_database)), var.database.identifier]]
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = concat(
      [{
        type       = "alarm", x = 0, y = 0, width = 24, height = 3
        properties = { title = "Alarms", alarms = local.every_alarm[*].arn }
      }],
      [for index, graph in local.graphs : {
        type = "metric", x = index % 3 * 8, y = 3 + floor(index / 3) * 6, width = 8, height = 6
        properties = {
          title  = graph.title, stat = graph.stat, metrics = graph.metrics
          region = data.aws_region.current.region, period = 60, view = "timeSeries"
        }
      }],
    )
  })
}
