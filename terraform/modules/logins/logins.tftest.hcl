mock_provider "aws" {
  source = "../../tests"
}

variables {
  name        = "whc-test"
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  database    = { host = "db.internal", port = 5432, name = "whc" }
}

run "reads_with_one_and_writes_with_the_other" {
  assert {
    condition     = { for user, member in output.members : user => member.role } == { whc_web = "whc_reader", whc_import = "whc_writer" }
    error_message = "the service must only read, imports only write, and nobody own"
  }

  assert {
    condition     = toset(keys(output.arns)) == toset(["whc_web", "whc_import"])
    error_message = "every login must have a secret"
  }
}
