output "topic_arn" {
  description = "Topic of the alarms, known once publishers may use it."
  value       = module.topic.arn
}

output "alarms" {
  description = "Names of the alarms."
  value       = concat(module.observability.alarms, [module.canary.alarm])
}

output "watched" {
  description = "What the canary asks, and who is told by alarms and by it, for tests to read."
  value       = { asks = module.canary.asks, heard_by = setintersection(module.topic.heard_by, module.canary.heard_by) }
}

output "budget_counts" {
  description = "What the budget counts, for tests to read."
  value       = module.budget.counts
}
