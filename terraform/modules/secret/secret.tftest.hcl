mock_provider "aws" {
  source = "../../tests"
}

variables {
  name        = "whc-test/whc_web"
  description = "Login whc_web of the database whc"
  fields      = { username = "whc_web", port = 5432 }
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "encrypts_and_forgives" {
  command = plan

  assert {
    condition = (
      aws_secretsmanager_secret.this.kms_key_id == var.kms_key_arn &&
      aws_secretsmanager_secret.this.recovery_window_in_days == 30
    )
    error_message = "the secret must be encrypted with our key, and deleting it must be forgivable"
  }

  assert {
    condition = (
      aws_secretsmanager_secret_version.first.secret_string == null &&
      aws_secretsmanager_secret_version.first.secret_string_wo_version == 1
    )
    error_message = "the password must not be in the state"
  }
}

run "refuses_a_password_that_is_known" {
  command = plan

  variables {
    fields = { username = "whc_web", password = "known" }
  }

  expect_failures = [var.fields]
}

run "refuses_what_can_be_guessed" {
  command = plan

  variables {
    length = 8
  }

  expect_failures = [var.length]
}

run "refuses_a_name_of_no_environment" {
  command = plan

  variables {
    name = "whc_web"
  }

  expect_failures = [var.name]
}

run "refuses_a_name_to_quote" {
  command = plan

  variables {
    name = "whc-test/web\"; DROP"
  }

  expect_failures = [var.name]
}
