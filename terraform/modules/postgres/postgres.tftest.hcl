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
    condition     = aws_db_instance.this.publicly_accessible == false && aws_db_instance.this.vpc_security_group_ids == toset(["sg-data"])
    error_message = "the database must not have a public address, and only its own security group may open it"
  }
}

run "is_encrypted" {
  command = plan

  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.kms_key_arn
    error_message = "storage must be encrypted with our key"
  }

  assert {
    condition     = contains([for p in aws_db_parameter_group.this.parameter : "${p.name}=${p.value}"], "rds.force_ssl=1")
    error_message = "connections without TLS must be refused"
  }

  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null
    error_message = "RDS must keep the master's password"
  }
}

run "leaves_a_snapshot_when_protected" {
  command = plan

  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "what is protected must not go without a snapshot"
  }
}

run "lets_rds_raise_the_minor_version" {
  command = plan

  assert {
    condition = (
      aws_db_instance.this.engine_version == "17" &&
      aws_db_instance.this.auto_minor_version_upgrade &&
      aws_db_parameter_group.this.family == "postgres17"
    )
    error_message = "the major version is ours, the minor one that of RDS"
  }
}

run "refuses_an_old_version" {
  command = plan

  variables {
    engine_version = "12"
  }

  expect_failures = [var.engine_version]
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
    condition     = aws_db_instance.this.final_snapshot_identifier == "whc-test-final-${substr(terraform_data.final.id, 0, 8)}"
    error_message = "the second database of a name must be able to leave a snapshot, too"
  }
}
