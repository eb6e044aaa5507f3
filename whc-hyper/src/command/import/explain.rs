//! What a file was taken for and why, and what it does to each field.

use whc_core::Result;
use whc_core::import::{Age, Export, Plan};

use crate::command::say;

pub(super) fn print(export: &Export, plan: &Plan) -> Result<()> {
    say(&format!("\nread as    {}, {}", export.format, export.source))?;
    say(&format!("because    {}", export.evidence))?;
    say(&format!("columns    {}", or_none(&export.used)))?;
    say(&format!("ignored    {}", or_none(&export.ignored)))?;
    let year =
        |year: Option<whc_core::Year>| year.map_or_else(|| "unknown".to_owned(), |year| year.to_string());
    let edition = &plan.edition;
    say(&format!("edition    {}; the newest known is of {}", year(edition.year), year(edition.known)))?;
    say(&format!("so         {}", consequence(edition.age)))?;
    if plan.summary.fields.is_empty() {
        return Ok(());
    }
    say("\nfield                     added  changed   kept  contradicted (at most)")?;
    for count in &plan.summary.fields {
        let field = count.field.to_string();
        let (added, changed, kept) = (count.added, count.changed, count.kept);
        say(&format!(
            "{field:<24} {added:>6} {changed:>8} {kept:>6} {:>13} ({})",
            count.contradicted, count.limit
        ))?;
    }
    Ok(())
}

fn consequence(age: Age) -> &'static str {
    match age {
        Age::Newer => "it changes what is known otherwise",
        Age::Older => "it adds what is not known, and changes nothing",
        _ => "it adds what is not known, and changes nothing but descriptions",
    }
}

fn or_none(columns: &[String]) -> String {
    if columns.is_empty() { "none".to_owned() } else { columns.join(", ") }
}
