mock_provider "aws" {
  source = "../../tests"
}

variables {
  name        = "whc-test"
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  database    = { host = "db.internal", port = 5432, name = "whc" }
}

run "has_a_login_for_each_purpose" {
  assert {
    condition = { for user, member in output.members : user => member.role } == {
      whc_web      = "whc_reader"
      whc_web_desk = "whc_desk"
      whc_import   = "whc_writer"
    }
    error_message = "who reads sites must see no contact and change nothing, imports must see no contact, and nobody owns"
  }

  assert {
    condition     = toset(keys(output.arns)) == toset(["whc_web", "whc_web_desk", "whc_import"])
    error_message = "every login must have a secret"
  }
}
