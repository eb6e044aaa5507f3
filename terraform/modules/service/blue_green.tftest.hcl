# A file of its own, because the rule of the listener keeps the action it was made with.

mock_provider "aws" {
  source = "../../tests"
}

# Told apart, where the mocked provider calls all target groups the same.
override_resource {
  target = aws_lb_target_group.this["blue"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/blue/73e2d6bc24d8a067" }
}

override_resource {
  target = aws_lb_target_group.this["green"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/green/73e2d6bc24d8a067" }
}

variables {
  name              = "whc-test"
  image             = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123abc"
  repository_arns   = ["arn:aws:ecr:eu-west-1:123456789012:repository/whc"]
  public_url        = "https://heritage.example"
  hosts             = ["heritage.example"]
  vpc_id            = "vpc-1"
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-app"
  kms_key_arn       = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  min_tasks         = 2
  max_tasks         = 8

  deployment_strategy = "BLUE_GREEN"

  cluster = { arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/whc-test", name = "whc-test" }
  load_balancer = {
    listener_arn         = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/whc-test/50dc6c495c0c9188/f2f7dc8efc522ab2"
    arn_suffix           = "app/whc-test/50dc6c495c0c9188"
    idle_timeout_seconds = 60
  }
}

run "shifts_between_two_different_groups" {
  assert {
    condition = (
      one(aws_ecs_service.this.load_balancer).target_group_arn == aws_lb_target_group.this["blue"].arn &&
      one(
        one(aws_ecs_service.this.load_balancer).advanced_configuration
      ).alternate_target_group_arn == aws_lb_target_group.this["green"].arn &&
      aws_lb_target_group.this["blue"].arn != aws_lb_target_group.this["green"].arn
    )
    error_message = "ECS must shift from one target group to another"
  }

  assert {
    condition = (
      one(one(aws_ecs_service.this.load_balancer).advanced_configuration).production_listener_rule == aws_lb_listener_rule.this.arn &&
      one(one(aws_ecs_service.this.load_balancer).advanced_configuration).role_arn == one(module.shift_role[*].arn)
    )
    error_message = "ECS must shift the requests of the rule that serves, as the role that may"
  }

  assert {
    condition = toset(
      [for group in one(one(aws_lb_listener_rule.this.action).forward).target_group : "${group.arn} ${group.weight}"]
      ) == toset([
        "${aws_lb_target_group.this["blue"].arn} 100", "${aws_lb_target_group.this["green"].arn} 0",
    ])
    error_message = "the rule must know both groups, and begin with the first"
  }
}
