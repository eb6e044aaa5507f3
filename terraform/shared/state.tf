# Where Terraform keeps what it knows: one bucket, a file for each environment, locked while somebody applies.

module "state_key" {
  source = "../modules/key"

  name        = "whc-state"
  description = "State of Terraform"
}

module "state_bucket" {
  source = "../modules/bucket"

  name                       = "whc-state-${local.account}"
  kms_key_arn                = module.state_key.arn
  forget_versions_after_days = 365 # a state that was broken can be taken back
  expire_below               = { "plans/" = 14 }
}
