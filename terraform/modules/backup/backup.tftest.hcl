mock_provider "aws" {
  source = "../../tests"

  override_resource {
    target = aws_backup_vault.copy
    values = { arn = "arn:aws:backup:eu-central-1:123456789012:backup-vault:whc-test" }
  }
}

variables {
  name          = "whc-test"
  resource_arns = ["arn:aws:rds:eu-west-1:123456789012:cluster:whc-test"]
  copy_region   = "eu-central-1"
  kms_key_arn   = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  topic_arn     = "arn:aws:sns:eu-west-1:123456789012:whc-test-alarms"
}

run "keeps_for_years" {
  command = plan

  assert {
    condition = { for rule in aws_backup_plan.this.rule :
      rule.rule_name => one(rule.lifecycle).delete_after
    } == { daily = 7, weekly = 30, monthly = 365, yearly = 2555 }
    error_message = "daily backups for 7 days, weekly for 30, monthly for 365, yearly for 2555"
  }
}

run "copies_to_the_other_region" {
  assert {
    condition = alltrue(
      [for rule in aws_backup_plan.this.rule : one(rule.copy_action).destination_vault_arn == aws_backup_vault.copy.arn]
    )
    error_message = "every backup must be copied, to a vault that exists"
  }

  assert {
    condition     = aws_backup_vault.copy.region == "eu-central-1" && strcontains(aws_backup_vault.copy.arn, ":eu-central-1:")
    error_message = "the copy must be in the other region"
  }

  assert {
    condition = alltrue(
      [for rule in aws_backup_plan.this.rule : one(one(rule.copy_action).lifecycle).delete_after == one(rule.lifecycle).delete_after]
    )
    error_message = "a copy must be kept as long as what it is of"
  }
}

run "is_locked_and_heard" {
  command = plan

  assert {
    condition = (
      aws_backup_vault_lock_configuration.here.min_retention_days == 7 &&
      aws_backup_vault_lock_configuration.copy.min_retention_days == 7 &&
      aws_backup_vault_lock_configuration.copy.region == "eu-central-1"
    )
    error_message = "both vaults must be locked, for no longer than the shortest backup is kept"
  }

  assert {
    condition = jsondecode(aws_cloudwatch_event_rule.failed.event_pattern) == {
      source      = ["aws.backup"]
      detail-type = ["Backup Job State Change", "Copy Job State Change"]
      detail      = { state = ["FAILED", "ABORTED", "EXPIRED", "PARTIAL"] }
    }
    error_message = "a backup or copy that failed or never began must be an event that the rule knows"
  }

  assert {
    condition = (
      aws_cloudwatch_event_target.failed.arn == var.topic_arn &&
      aws_cloudwatch_event_target.failed.rule == "whc-test-backup-failed"
    )
    error_message = "somebody must hear of it"
  }
}

run "loses_a_day_at_most" {
  assert {
    condition = [for rule in aws_backup_plan.this.rule :
      rule.schedule if one(rule.copy_action).destination_vault_arn == aws_backup_vault.copy.arn &&
      rule.rule_name == "daily"
    ] == ["cron(0 3 * * ? *)"]
    error_message = "every day a backup must be copied to the other region, or its loss costs more than a day"
  }
}

run "refuses_nothing_to_back_up" {
  command = plan

  variables {
    resource_arns = []
  }

  expect_failures = [var.resource_arns]
}
