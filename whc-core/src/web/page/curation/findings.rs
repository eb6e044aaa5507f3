//! `/sites/findings`: what the last import found unusual, to be looked at by a curator.

use askama::Template;
use http::StatusCode;

use super::store;
use crate::finding::{Finding, Severity};
use crate::page::Window;
use crate::repository::ImportRecord;
use crate::site::SiteId;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::page::address::Address;
use crate::web::page::desk::{Around, Desk};
use crate::web::page::form::{Control, Field, Filters};
use crate::web::page::frame::Frame;
use crate::web::page::moment::Moment;
use crate::web::page::pages::{self, PageLink};
use crate::web::problem::Problem;
use crate::web::request::{Parameters, paging};
use crate::web::visitor::Visitor;

const PATH: &str = "/sites/findings";
const SEVERITY: &str = "severity";
const SITE_ID: &str = "site_id";
const FILTERS: [&str; 2] = [SEVERITY, SITE_ID];
const SEVERITIES: [(&str, Severity); 2] = [("warning", Severity::Warning), ("note", Severity::Note)];
/// How many findings a page has where no `limit` is given.
const LIMIT: u32 = 100;

#[derive(Template)]
#[template(path = "curation/findings.html")]
struct FindingsPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    filters: Filters,
    /// The file and when it was read; `None` where none was.
    import: Option<Import>,
    rows: Vec<Row<'a>>,
    pages: Vec<PageLink<'a>>,
    range: String,
}

/// The import.
struct Import {
    at: Moment,
    source: String,
    sites: usize,
    takes_back: Option<u64>,
}

/// A finding.
struct Row<'a> {
    is_warning: bool,
    number: String,
    /// The site, and the way to put it right.
    site: Option<(SiteId, Address<'a>)>,
    field: String,
    found: String,
    done: String,
}

/// The page.
pub(crate) async fn list(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let names = [&FILTERS[..], &["lang", "f", "limit", "offset"]].concat();
    let mut parameters = context.parameters(&names);
    let (desk, frame) = Desk::read(context, visitor, &mut parameters, &FILTERS)?;
    let last = store(context)?.last_import().await.map_err(Problem::from_curation)?;
    let fields = fields(&parameters);
    let words = SEVERITIES.map(|(word, _)| word);
    let severity = parameters.index_of(SEVERITY, &words).map(|at| SEVERITIES[at].1);
    let site: Option<SiteId> = parameters.read(SITE_ID, str::parse);
    let window = paging::window(&mut parameters, LIMIT);
    let problem = parameters.finish().err();
    let fits = |finding: &&Finding| {
        severity.is_none_or(|severity| severity == finding.severity)
            && site.is_none_or(|site| finding.site == Some(site))
    };
    let found = last.iter().flat_map(|last| &last.findings).filter(fits).filter(|_| problem.is_none());
    let found: Vec<_> = found.collect();
    let rows = shown(&found, window, &frame);
    let total = found.len() as u64;
    let page = FindingsPage {
        around: desk.around(&frame, PATH),
        filters: Filters::new(fields, problem.as_ref()),
        import: last.as_ref().map(Import::new),
        pages: pages::pages(&frame, PATH, window, total),
        range: pages::range(&frame, window, rows.len(), total),
        rows,
        frame: frame.titled(if problem.is_some() { "Error: Findings" } else { "Findings" }),
    };
    match problem {
        Some(problem) => desk.refuse(StatusCode::BAD_REQUEST, &page, problem),
        None => desk.answer(&page),
    }
}

impl Import {
    fn new(record: &ImportRecord) -> Self {
        Self {
            at: Moment(record.at),
            source: record.source.clone().unwrap_or_else(|| "a file without a name".to_owned()),
            sites: record.sites,
            takes_back: record.takes_back,
        }
    }
}

fn shown<'a>(found: &[&Finding], window: Window, frame: &Frame<'a>) -> Vec<Row<'a>> {
    let offset = usize::try_from(window.offset()).unwrap_or(usize::MAX);
    let limit = usize::try_from(window.limit()).unwrap_or(usize::MAX);
    let row = |finding: &&Finding| Row {
        is_warning: finding.severity == Severity::Warning,
        number: finding.row.map(|row| row.to_string()).unwrap_or_default(),
        site: finding.site.map(|site| (site, frame.to.page(format!("/sites/{site}/edit")))),
        field: finding.field.as_deref().unwrap_or_default().to_owned(),
        found: finding.found.clone(),
        done: finding.done.clone(),
    };
    found.iter().skip(offset).take(limit).map(row).collect()
}

fn fields(parameters: &Parameters<'_>) -> Vec<Field> {
    let choices = [("", "any"), ("warning", "warnings"), ("note", "notes")];
    vec![
        Field::filter(parameters, SEVERITY, ("How much it matters", ""), Control::Choice(choices.to_vec())),
        Field::filter(
            parameters,
            SITE_ID,
            ("Number of a site", ""),
            Control::Line("short", " inputmode=\"numeric\""),
        ),
    ]
}
