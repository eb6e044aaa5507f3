# Who hears of a backup or a copy that did not come about. Not by the vault's own notifications: most of their events are
# deprecated, and EventBridge "tracks more changes than the notification API does", copies that failed among them:
# https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html (events of jobs have `state`, those of restores `status`).

resource "aws_cloudwatch_event_rule" "failed" {
  name        = "${var.name}-backup-failed"
  description = "A backup or a copy of ${var.name} failed, was given up or never began"

  event_pattern = jsonencode({
    source      = ["aws.backup"]
    detail-type = ["Backup Job State Change", "Copy Job State Change"]
    detail      = { state = ["FAILED", "ABORTED", "EXPIRED", "PARTIAL"] }
  })
}

resource "aws_cloudwatch_event_target" "failed" {
  rule = aws_cloudwatch_event_rule.failed.name
  arn  = var.topic_arn
}
