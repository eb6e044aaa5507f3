# Copy to demo.auto.tfvars (not kept in git); the same text, without image, is the variable TFVARS_DEMO on GitHub.

domain       = "demo.heritage.example"
zone_id      = "Z0123456789ABCDEFGHIJ"
image        = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/whc:0123456789abcdef0123456789abcdef01234567"
alarm_emails = ["ops@heritage.example"]
