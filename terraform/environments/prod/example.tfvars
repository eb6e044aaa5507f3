# Copy to prod.auto.tfvars (not kept in git); the same text, without image, is the variable TFVARS_PROD on GitHub.

domain       = "heritage.example"
zone_id      = "Z0123456789ABCDEFGHIJ"
image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123456789abcdef0123456789abcdef01234567"
alarm_emails = ["ops@heritage.example"]

# Global Accelerator: two fixed addresses, and AWS's own network from the edge nearest to a client, for about 18 US dollars a month and
# 0.015 a gigabyte more. Readers of the list are all over the world, and what they ask is too different for a CDN to keep much of it.
# Leave the line out where the load balancer's own addresses will do; "cloudfront" keeps what may be kept, and hides the load balancer.
front = "accelerator"

# functions           = "0123456789abcdef0123456789abcdef01234567" # from the second apply on: rotation
# serverless          = true
# interface_endpoints = []                                         # saves about 64 US dollars a month
# service             = { min_tasks = 3, max_tasks = 20 }
# tokens              = { jwks_url = "https://login.example/.well-known/jwks.json", issuer = "https://login.example", audience = "whc" }
# database            = { min_capacity = 1, max_capacity = 8 }
