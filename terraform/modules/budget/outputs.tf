output "name" {
  description = "Name of the budget."
  value       = aws_budgets_budget.this.name
}

output "counts" {
  description = "What is counted, for tests to read."
  value       = one(one(aws_budgets_budget.this.cost_filter).values)
}
