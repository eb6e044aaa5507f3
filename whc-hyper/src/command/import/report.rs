//! What an import tells its operator: what was odd, what changed field by field, and the sums.

use std::fmt::Display;

use whc_core::Result;
use whc_core::import::{Changed, Export, FieldChange, Finding, Named, Plan, Severity};

use crate::command::say;

/// How many items of a list are shown unless all are asked for.
const SHOWN: usize = 25;

/// How much of a value is shown unless all is asked for, in characters.
const WIDTH: usize = 80;

/// Prints the report; `written` is `None` after a dry run.
pub(super) fn print(
    file: &str,
    export: &Export,
    plan: &Plan,
    written: Option<usize>,
    full: bool,
) -> Result<()> {
    let edition = plan.edition.year.map_or_else(|| "unknown".to_owned(), |year| year.to_string());
    say(&format!("{file}: {}, {}, {} sites, edition {edition}", export.format, export.source, export.len()))?;
    let report = Report { full };
    report.findings("warnings", &plan.findings, Severity::Warning)?;
    report.findings("notes", &plan.findings, Severity::Note)?;
    let summary = &plan.summary;
    report.list("added", &summary.added, named)?;
    report.list("changed", &summary.changed, |changed| report.changed(changed))?;
    report.list("missing from the file; kept as they are", &summary.gone, named)?;
    report.list("missing from the file; marked as delisted", &summary.delisted, named)?;
    say(&sums(plan))?;
    say(&match written {
        None => "dry run: nothing was written".to_owned(),
        Some(0) => "nothing to write: all of it was known".to_owned(),
        Some(sites) => format!("{sites} sites written in one transaction"),
    })
}

fn sums(plan: &Plan) -> String {
    let summary = &plan.summary;
    format!(
        "\n{} added, {} changed, {} unchanged, {} missing, {} delisted, {} newer than the file",
        summary.added.len(),
        summary.changed.len(),
        summary.unchanged,
        summary.gone.len(),
        summary.delisted.len(),
        summary.newer,
    )
}

fn named(site: &Named) -> String {
    format!("{:>5} {}", site.id, site.name)
}

struct Report {
    full: bool,
}

impl Report {
    fn findings(&self, title: &str, findings: &[Finding], severity: Severity) -> Result<()> {
        let some: Vec<_> = findings.iter().filter(|finding| finding.severity == severity).collect();
        self.list(title, &some, |finding| format!("  {finding}"))
    }

    fn list<T>(&self, title: &str, items: &[T], show: impl Fn(&T) -> String) -> Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        say(&format!("\n{title} ({})", items.len()))?;
        let shown = if self.full { items.len() } else { SHOWN };
        for item in items.iter().take(shown) {
            say(&show(item))?;
        }
        if items.len() > shown {
            say(&format!("  … and {} more; --full lists them all", items.len() - shown))?;
        }
        Ok(())
    }

    fn changed(&self, changed: &Changed) -> String {
        let fields = changed.fields.iter().map(|field| self.field(field));
        let lines: Vec<_> =
            std::iter::once(format!("{:>5} {}", changed.id, changed.name)).chain(fields).collect();
        lines.join("\n")
    }

    fn field(&self, change: &FieldChange) -> String {
        format!("        {}: {} → {}", change.field, self.value(&change.before), self.value(&change.after))
    }

    fn value(&self, text: &str) -> impl Display {
        match text.char_indices().nth(WIDTH) {
            None if text.is_empty() => "nothing".to_owned(),
            Some((end, _)) if !self.full => format!("{}…", &text[..end]),
            _ => text.to_owned(),
        }
    }
}
