# The sources themselves, for what no plan shows: which resources there are at all, what is ignored, how states are kept. Needs no
# provider. Files are as `terraform fmt` leaves them, so a block ends with the next brace in the first column.

locals {
  root  = "${path.module}/../.."
  files = { for path in fileset(local.root, "{modules,shared,environments,examples}/**/*.tf") : path => file("${local.root}/${path}") }

  blocks = flatten([for path, text in local.files : [
    for block in regexall("(?ms)^(resource|module|output|data|variable) \"([^\"]+)\"(?: \"([^\"]+)\")? \\{\\n(.*?)^\\}", text) : {
      folder = dirname(path)
      kind   = block[0]
      name   = join(".", compact([block[1], block[2]]))
      body   = block[3]
    }
  ]])

  resources = [for block in local.blocks : block if block.kind == "resource"]
  calls = [for block in local.blocks :
    merge(block, { source = basename(regex("source\\s+= \"([^\"]+)\"", block.body)[0]) })
    if block.kind == "module"
  ]
  variables = { for module in distinct([for call in local.calls : call.source]) : module => [
    for block in local.blocks : block.name if block.kind == "variable" && block.folder == "modules/${module}"
  ] }

  # Resources of some types, as FOLDER TYPE.NAME.
  who_may_talk = sort([for resource in local.resources : "${resource.folder} ${resource.name}" if can(regex(
    "security_group|network_acl|peering|transit|_route|internet_gateway|nat_gateway|vpc_endpoint|vpn|network_interface", resource.name
  )) && !startswith(resource.name, "aws_route53")])

  who_may_do = sort([for resource in local.resources : "${resource.folder} ${resource.name}" if can(regex(join("|", [
    "aws_iam", "permission", "_policy$", "_policy\\.", "policy_attachment", "grant", "public_access", "_acl\\.", "function_url",
    "object_ownership",
    "ownership", "resource_policy", "access_point", "ram_", "access_key", "user", "cognito",
  ]), resource.name))])

  ignored = { for resource in local.resources : "${resource.folder} ${resource.name}" => regex(
    "ignore_changes\\s+= (\\[[^\\]]*\\]|\\w+)", resource.body
    )[0]
    if strcontains(resource.body, "ignore_changes")
  }
}

# --- States and tags of the roots -------------------------------------------------------------------------------------

locals {
  roots = { for path, text in local.files : dirname(path) => text if endswith(path, "/versions.tf") && strcontains(text, "backend \"s3\"") }

  # A root without encryption or lock has no state here.
  states = { for root, text in local.roots : root => regex("(?s)backend \"s3\" \\{[^}]*\\bkey\\s+= \"([^\"]+)\"", text)[0]
    if can(regex("(?m)^\\s*use_lockfile\\s+= true$", text)) && can(regex("(?m)^\\s*encrypt\\s+= true$", text))
  }

  tags = { for root, text in local.roots :
    root => regex("(?s)default_tags \\{.*\\benvironment = \"([^\"]+)\"", text)[0]
    if strcontains(text, "default_tags")
  }
}

# --- Calls of modules in environments ---------------------------------------------------------------------------------

locals {
  wires = { kms_key_arn = "module.key.arn", permissions_boundary_arn = "local.boundary_arn" }

  miswired = flatten([for call in local.calls : [
    for variable, value in local.wires : "${call.folder} module.${call.name} ${variable}"
    if contains(local.variables[call.source], variable) && !can(
      regex("(?m)^\\s*${variable}\\s+= ${replace(value, ".", "\\.")}$", call.body)
    )
  ] if startswith(call.folder, "environments/")])

  unused = [for module in distinct([for path in keys(local.files) : basename(dirname(path)) if startswith(path, "modules/")]) : module
    if !contains(local.calls[*].source, module)
  ]
}

# --- Outputs that tell something before it is ready, unless they wait --------------------------------------------------

locals {
  waits = toset([for block in local.blocks : join(" ", concat(
    ["${block.folder} ${block.name}:"],
    sort(regexall("aws_\\w+\\.\\w+", regex("depends_on\\s+= \\[([^\\]]*)\\]", block.body)[0])),
  )) if block.kind == "output" && strcontains(block.body, "depends_on")])

  should_wait = toset([
    "modules/aurora arn: aws_rds_cluster_instance.this",
    "modules/aurora endpoint: aws_rds_cluster_instance.this",
    "modules/aurora identifier: aws_rds_cluster_instance.this",
    "modules/bucket name: aws_s3_bucket_policy.this",
    "modules/cluster arn: aws_ecs_cluster_capacity_providers.this",
    "modules/role arn: aws_iam_role_policy.this aws_iam_role_policy_attachment.this",
    "modules/secret arn: aws_secretsmanager_secret_version.first",
    "modules/topic arn: aws_sns_topic_policy.this",
  ])
}

# --- Style ------------------------------------------------------------------------------------------------------------

locals {
  long = flatten([for path in fileset(local.root, "{modules,shared,environments,examples,tests}/**/*.{tf,hcl,tfvars}") : [
    for index, line in split("\n", file("${local.root}/${path}")) : "${path}:${index + 1}" if length(line) > 140
  ]])
}
