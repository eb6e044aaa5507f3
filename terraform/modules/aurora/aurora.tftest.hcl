mock_provider "aws" {
  source = "../../tests"
}

variables {
  name              = "whc-test"
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-data"
  kms_key_arn       = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "is_not_public" {
  command = plan

  assert {
    condition     = alltrue([for instance in aws_rds_cluster_instance.this : instance.publicly_accessible == false])
    error_message = "the database must not have a public address"
  }

  assert {
    condition     = aws_rds_cluster.this.vpc_security_group_ids == toset(["sg-data"])
    error_message = "only the security group of the tier data may open it"
  }
}

run "is_encrypted" {
  command = plan

  assert {
    condition = (
      aws_rds_cluster.this.storage_encrypted &&
      aws_rds_cluster.this.kms_key_id == var.kms_key_arn &&
      aws_rds_cluster.this.master_user_secret_kms_key_id == var.kms_key_arn
    )
    error_message = "storage and the master's secret must be encrypted with our key"
  }

  assert {
    condition     = alltrue([for instance in aws_rds_cluster_instance.this : instance.performance_insights_kms_key_id == var.kms_key_arn])
    error_message = "Performance Insights sees statements, so it must be encrypted too"
  }

  assert {
    condition     = contains([for p in aws_rds_cluster_parameter_group.this.parameter : "${p.name}=${p.value}"], "rds.force_ssl=1")
    error_message = "connections without TLS must be refused"
  }
}

run "survives" {
  command = plan

  assert {
    condition     = length(aws_rds_cluster_instance.this) == 2
    error_message = "somebody must be there to take over"
  }

  assert {
    condition = (
      aws_rds_cluster.this.deletion_protection &&
      !aws_rds_cluster.this.skip_final_snapshot &&
      aws_rds_cluster.this.backup_retention_period == 14
    )
    error_message = "the cluster must be hard to delete, and any moment of two weeks must be restorable"
  }
}

run "keeps_no_master_password" {
  command = plan

  assert {
    condition = (
      aws_rds_cluster.this.manage_master_user_password &&
      aws_rds_cluster.this.master_password == null &&
      aws_rds_cluster.this.iam_database_authentication_enabled
    )
    error_message = "RDS must keep the master's password, and IAM must be able to log in"
  }
}

run "begins_with_a_backup" {
  command = plan

  variables {
    restore_from = "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:awsbackup:job-1"
  }

  assert {
    condition     = aws_rds_cluster.this.snapshot_identifier == var.restore_from
    error_message = "a new cluster must begin with the backup that is named"
  }
}

run "scales" {
  command = plan

  assert {
    condition = (
      one(aws_rds_cluster.this.serverlessv2_scaling_configuration).min_capacity == 0.5 &&
      one(aws_rds_cluster.this.serverlessv2_scaling_configuration).max_capacity == 4
    )
    error_message = "0.5 to 4 capacity units unless told otherwise"
  }
}

run "refuses_to_shrink_below_its_floor" {
  command = plan

  variables {
    min_capacity = 8
  }

  expect_failures = [var.max_capacity]
}

run "lets_rds_raise_the_minor_version" {
  command = plan

  assert {
    condition     = aws_rds_cluster.this.engine_version == "17" && alltrue(aws_rds_cluster_instance.this[*].auto_minor_version_upgrade)
    error_message = "a minor version that is named is behind after the first upgrade, and every later apply is refused"
  }

  assert {
    condition     = aws_rds_cluster_parameter_group.this.family == "aurora-postgresql17"
    error_message = "parameters are those of the major version"
  }
}

run "refuses_a_minor_version" {
  command = plan

  variables {
    engine_version = "17.5"
  }

  expect_failures = [var.engine_version]
}

run "leaves_a_snapshot_of_its_own_name" {
  assert {
    condition     = aws_rds_cluster.this.final_snapshot_identifier == "whc-test-final-${substr(terraform_data.final.id, 0, 8)}"
    error_message = "the second database of a name must be able to leave a snapshot, too"
  }
}
