mock_provider "aws" {
  source = "../../tests"
}

variables {
  name        = "whc-test"
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "watches_and_encrypts" {
  command = plan

  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "enabled"
    error_message = "metrics per task must be on by default"
  }

  assert {
    condition     = one(one(aws_ecs_cluster.this.configuration).execute_command_configuration).kms_key_id == var.kms_key_arn
    error_message = "sessions of ECS Exec must be encrypted"
  }
}
