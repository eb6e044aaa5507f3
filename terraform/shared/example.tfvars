# Copy to shared.auto.tfvars (not kept in git) for the bootstrap; the same text is the variable TFVARS_SHARED on GitHub.

github_repository     = "OWNER/NAME"
github_repository_ids = { owner = "123456", repository = "456789" } # gh api repos/OWNER/NAME --jq '.owner.id, .id'
# github_subjects     = ["names"] # a repository from before 15 July 2026 that was not renamed

environments = {
  demo = { domain = "demo.heritage.example" }
  prod = { domain = "heritage.example" }
}
