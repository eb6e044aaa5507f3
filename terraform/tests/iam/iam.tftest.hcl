variables {
  policies = [
    jsonencode({ Statement = [
      { Effect = "Allow", Action = ["s3:Get*", "s3:PutObject"], Resource = ["arn:aws:s3:::a.b/*"] },
      {
        Effect    = "Allow"
        Action    = ["ecs:*"]
        Resource  = ["*"]
        Condition = { StringEquals = { "aws:RequestedRegion" = ["eu-west-1", "us-east-1"] } }
      },
    ] }),
    jsonencode({ Statement = [
      { Effect = "Deny", Action = "ecs:*", Resource = "*", Condition = { StringNotEquals = { tag = "demo" }, Null = { tag = "false" } } },
      { Effect = "Deny", Action = "ecs:*", Resource = "*", Condition = { StringNotLike = { of = "*:demo-*" }, Null = { of = "false" } } },
    ] }),
  ]

  requests = {
    read         = { action = "s3:GetObject", resource = "arn:aws:s3:::a.b/c/d" }
    other_case   = { action = "S3:getobject", resource = "arn:aws:s3:::a.b/c" }
    other_bucket = { action = "s3:GetObject", resource = "arn:aws:s3:::axb/c" }
    other_action = { action = "s3:DeleteObject", resource = "arn:aws:s3:::a.b/c" }
    untagged     = { action = "ecs:RunTask", resource = "arn:aws:ecs:1", context = { "aws:RequestedRegion" = "us-east-1" } }
    own          = { action = "ecs:RunTask", resource = "arn:aws:ecs:1", context = { "aws:RequestedRegion" = "us-east-1", tag = "demo" } }
    like = {
      action   = "ecs:RunTask"
      resource = "arn:aws:ecs:1"
      context  = { "aws:RequestedRegion" = "us-east-1", of = "a:demo-1" }
    }
    unlike = {
      action   = "ecs:RunTask"
      resource = "arn:aws:ecs:1"
      context  = { "aws:RequestedRegion" = "us-east-1", of = "a:prod-1" }
    }
    foreign   = { action = "ecs:RunTask", resource = "arn:aws:ecs:1", context = { "aws:RequestedRegion" = "us-east-1", tag = "prod" } }
    elsewhere = { action = "ecs:RunTask", resource = "arn:aws:ecs:1", context = { "aws:RequestedRegion" = "ap-east-1", tag = "demo" } }
    nowhere   = { action = "ecs:RunTask", resource = "arn:aws:ecs:1", context = { tag = "demo" } }
  }
}

run "reckons_as_iam_does" {
  assert {
    condition     = output.allowed == toset(["read", "other_case", "untagged", "own", "like"])
    error_message = "allowed by one, denied by none, with wildcards and conditions"
  }
}
