# Copy to prod.auto.tfvars (not kept in git), or set them as TF_VAR_... in the workflow.

domain       = "heritage.example"
zone_id      = "Z0123456789ABCDEFGHIJ"
image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123456789abcdef0123456789abcdef01234567"
alarm_emails = ["ops@heritage.example"]

# functions  = "0123456789abcdef0123456789abcdef01234567" # from the second apply on: rotation
# serverless = true
# front      = "cloudfront"
# service    = { min_tasks = 3, max_tasks = 20 }
# database   = { min_capacity = 1, max_capacity = 8 }
