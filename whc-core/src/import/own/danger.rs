//! The danger of a site after what a record of ours has of it.

use serde_json::Value;

use super::Entry;
use crate::error::{Error, Result};
use crate::site::{Danger, InDanger, Period};

/// The danger after what the record has of it: the flag, the year it began, and what is over, in JSON or in UNESCO's notation.
pub(super) fn danger(known: &Danger, entry: &Entry) -> Result<Danger> {
    let list: Option<Danger> = entry.text("danger_list").map(str::parse).transpose()?;
    let flag = entry.get("danger").and_then(Value::as_bool);
    let since = entry.year("danger_since");
    let Some(current) = flag.or(list.as_ref().map(Danger::is_current)) else {
        return Ok(known.clone());
    };
    let has_year = since.is_some() && !current;
    if has_year || list.as_ref().is_some_and(|list| list.is_current() != current) {
        return Err(Error::invalid(format!(
            "danger is {current}, unlike danger_since or danger_list beside it"
        )));
    }
    let past = match (entry.get("danger_past"), &list) {
        (Some(spans), _) => spans_of(spans)?,
        (None, Some(list)) => list.past().to_vec(),
        (None, None) => known.past().to_vec(),
    };
    let since = since.or_else(|| list.and_then(|list| list.since())).or(known.since());
    let now = if current { InDanger::Yes { since } } else { InDanger::No };
    Ok(Danger::new(now, past))
}

fn spans_of(spans: &Value) -> Result<Vec<Period>> {
    let span = |span: &Value| {
        let (from, to) = (&span["from"], &span["to"]);
        let text = |year: &Value| year.as_u64().map(|year| year.to_string()).unwrap_or_default();
        Period::new(text(from).parse()?, text(to).parse()?)
    };
    spans.as_array().into_iter().flatten().map(span).collect::<Result<_, Error>>()
}
