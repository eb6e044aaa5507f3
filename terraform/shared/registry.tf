# Where images and packages lie: a tag, and a folder, is a commit and never changes.

module "registry_key" {
  source = "../modules/key"

  name        = "whc-registry"
  description = "Images"
}

resource "aws_ecr_repository" "this" {
  name                 = "whc"
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = module.registry_key.arn
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

# --- What is kept: enough to go back for months -----------------------------------------------------------------------

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Parts of images that have lost their tag"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "The latest hundred images"
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 400 } # four manifests each
        action       = { type = "expire" }
      },
    ]
  })
}

# --- Packages of functions --------------------------------------------------------------------------------------------

# COMMIT/whc-lambda.zip and COMMIT/whc-rotation.zip. Nothing in them is secret: SSE-S3, since a key would only be one more
# right for everybody who deploys. Nothing expires: whoever goes back needs an old one, and a thousand commits are 10 GB.
module "packages_bucket" {
  source = "../modules/bucket"

  name = "whc-packages-${local.account}"
}
