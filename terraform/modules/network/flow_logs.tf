# Who talked to whom, for after an incident.

resource "aws_cloudwatch_log_group" "flow" {
  #checkov:skip=CKV_AWS_338:kept as long as log_retention_days says; a year of flow logs costs more than it tells
  name              = "/whc/${var.name}/flow"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_flow_log" "this" {
  vpc_id                   = aws_vpc.this.id
  traffic_type             = var.flow_log_traffic
  log_destination          = aws_cloudwatch_log_group.flow.arn
  iam_role_arn             = module.flow_role.arn
  max_aggregation_interval = 600
  tags                     = { Name = var.name }
}

# --- The role that writes them ------------------------------------------------------------------------------------------

module "flow_role" {
  source = "../role"

  name                     = "${var.name}-flow"
  description              = "Flow logs of ${var.name}"
  service                  = "vpc-flow-logs.amazonaws.com"
  permissions_boundary_arn = var.permissions_boundary_arn

  statements = [{
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = [aws_cloudwatch_log_group.flow.arn, "${aws_cloudwatch_log_group.flow.arn}:*"]
  }]
}
