# Who logs in to the database of an environment: the service reads sites with one login, and keeps contacts and changes single
# sites with another, imports write sites. Nobody is its owner but migrations.

locals {
  roles = { whc_web = "whc_reader", whc_web_desk = "whc_desk", whc_import = "whc_writer" }
}

module "secret" {
  source   = "../secret"
  for_each = local.roles

  name          = "${var.name}/${each.key}"
  username      = each.key
  database      = var.database
  kms_key_arn   = var.kms_key_arn
  recovery_days = var.recovery_days
}
