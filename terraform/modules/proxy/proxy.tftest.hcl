mock_provider "aws" {
  source = "../../tests"

  override_resource {
    target = aws_db_proxy.this
    values = { arn = "arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-0a1b2c3d4e5f" }
  }
}

variables {
  name               = "whc-test"
  cluster_identifier = "whc-test"
  subnet_ids         = ["subnet-a", "subnet-b"]
  security_group_id  = "sg-proxy"
  kms_key_arn        = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  logins             = { whc_web = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/whc_web-AbCdEf" }
}

run "requires_tls" {
  command = plan

  assert {
    condition     = aws_db_proxy.this.require_tls && !aws_db_proxy.this.debug_logging
    error_message = "connections must be TLS, and statements must not be logged"
  }
}

run "names_logins_by_the_id_of_the_proxy" {
  assert {
    condition     = output.connect_arns.whc_web == "arn:aws:rds-db:eu-west-1:123456789012:dbuser:prx-0a1b2c3d4e5f/whc_web"
    error_message = "rds-db:connect takes the id prx-..., not the proxy's name"
  }
}

run "reads_its_logins_only" {
  command = plan

  assert {
    condition = module.role.statements[0].Resource == tolist(
      ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-test/whc_web-AbCdEf"]
    )
    error_message = "the proxy must read the secrets it needs, by ARN, and no others"
  }
}

run "logs_in_with_iam_when_told" {
  command = plan

  variables {
    iam_login = true
  }

  assert {
    condition     = alltrue([for auth in aws_db_proxy.this.auth : auth.iam_auth == "REQUIRED"])
    error_message = "with iam_login a password must not be enough"
  }
}

run "leads_to_the_cluster" {
  command = plan

  assert {
    condition = (
      aws_db_proxy_target.this.db_cluster_identifier == var.cluster_identifier &&
      aws_db_proxy.this.vpc_security_group_ids == toset(["sg-proxy"])
    )
    error_message = "it must lead to the cluster, in the tier proxy"
  }

  assert {
    condition     = one(aws_db_proxy_default_target_group.this.connection_pool_config).max_connections_percent == 80
    error_message = "migrations, rotations and people need connections, too"
  }
}
