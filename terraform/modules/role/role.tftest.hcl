mock_provider "aws" {
  source = "../../tests"
}

variables {
  name        = "whc-test"
  description = "Test"
  service     = "ecs-tasks.amazonaws.com"
  statements  = [{ sid = "Read", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::whc-test/*"] }]
}

run "is_for_this_account" {
  command = plan

  assert {
    condition = jsondecode(
      aws_iam_role.this.assume_role_policy
    ).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "a service may take on the role for this account only"
  }

  assert {
    condition     = aws_iam_role.this.path == "/whc/"
    error_message = "deployers may make roles below /whc/ only"
  }
}

run "does_not_ask_for_what_a_service_does_not_say" {
  command = plan

  variables {
    service = "ecs.amazonaws.com"
  }

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement == [
      { Effect = "Allow", Principal = { Service = "ecs.amazonaws.com" }, Action = "sts:AssumeRole" },
    ]
    error_message = "with a condition that AWS's own example lacks ECS may be kept out, and no deployment would shift"
  }
}

run "may_what_is_named" {
  command = plan

  assert {
    condition = jsondecode(one(aws_iam_role_policy.this).policy).Statement == [
      { Sid = "Read", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::whc-test/*"] },
    ]
    error_message = "the policy must be what was given"
  }
}

run "may_nothing_unasked" {
  command = plan

  variables {
    statements = []
  }

  assert {
    condition     = length(aws_iam_role_policy.this) == 0 && length(aws_iam_role_policy_attachment.this) == 0
    error_message = "without statements the role must have no rights"
  }
}

run "stays_within_its_boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/whc-boundary"
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == var.permissions_boundary_arn
    error_message = "the boundary must be on the role"
  }
}

run "refuses_every_action" {
  command = plan

  variables {
    statements = [{ sid = "All", actions = ["s3:*"], resources = ["*"] }]
  }

  expect_failures = [var.statements]
}
