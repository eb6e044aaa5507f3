# Where images lie: a tag is a commit and never moves.

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
