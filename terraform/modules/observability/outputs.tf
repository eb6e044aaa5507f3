output "alarms" {
  description = "Names of the alarms."
  value       = sort([for alarm in local.every_alarm : alarm.alarm_name])
}
