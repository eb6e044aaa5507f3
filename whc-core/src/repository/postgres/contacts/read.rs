//! Reads contacts and events.

use std::borrow::Cow;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::row::{CONTACT, EVENT, contact, event};
use crate::audit::{AuditAction, AuditEvent, AuditQuery, Subject};
use crate::auth::CaseSet;
use crate::contact::{CaseId, Contact};
use crate::error::Result;
use crate::page::{Page, Window};
use crate::repository::contacts::{CaseRecord, ContactQuery, NameSearch};
use crate::repository::postgres::columns::column;
use crate::repository::postgres::pool::Pool;
use crate::repository::postgres::statement::{Conditions, Parameters, Statement};
use crate::repository::postgres::transaction::{ONE_STATE, Transaction};

pub(super) async fn get(pool: &Pool, case: CaseId) -> Result<Option<Contact>> {
    let (statement, parameters) = of_case(case);
    let rows = pool.query(&statement, &parameters.to_vec()).await?;
    rows.first().map_or(Ok(None), contact)
}

fn of_case(case: CaseId) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let case = parameters.add(case.get().cast_signed(), Type::INT8);
    let text = format!("SELECT {CONTACT} FROM whc.case_contact AS contact WHERE contact.case_id = {case}");
    (Cow::Owned(text), parameters)
}

pub(super) async fn list(pool: &Pool, cases: &CaseSet, query: &ContactQuery) -> Result<Page<Contact>> {
    let sites = query.sites.as_ref();
    let sites = sites.map(|sites| sites.iter().map(|site| site.get().cast_signed()).collect::<Vec<_>>());
    let matching = Conditions::default()
        .and(numbers(cases), Type::INT8_ARRAY, |cases| format!("contact.case_id = ANY ({cases})"))
        .and(query.case.map(|case| case.get().cast_signed()), Type::INT8, |case| {
            format!("contact.case_id = {case}")
        })
        .and(sites, Type::INT4_ARRAY, |sites| format!("contact.site_id = ANY ({sites})"));
    if let Some(name) = &query.name {
        return named(pool, matching, &NameSearch::new(name), query.window).await;
    }
    let (text, parameters) =
        page_statement("whc.case_contact AS contact", CONTACT, matching, "contact.case_id", query.window);
    page(&pool.query(&text, &parameters.to_vec()).await?, contact)
}

/// The page of those that have the name. What letters are the same is for no database to say: it gives the names of all that may
/// be meant, and then, in the same state, the contacts of the page.
async fn named(
    pool: &Pool,
    matching: Conditions<'_>,
    name: &NameSearch,
    window: Window,
) -> Result<Page<Contact>> {
    let (matching, parameters) = matching.into_parts();
    let text = format!(
        "SELECT contact.case_id, contact.title, contact.first_name, contact.last_name
        FROM whc.case_contact AS contact WHERE {matching} ORDER BY contact.case_id"
    );
    let (transaction, rows) = Transaction::begin(pool, ONE_STATE, &[(Cow::Owned(text), parameters)]).await?;
    let mut found = Vec::new();
    for row in rows.first().into_iter().flatten() {
        let names = ["title", "first_name", "last_name"].map(|field| column::<Option<&str>>(row, field));
        let [title, first, last] = names;
        if name.finds([title?, first?, last?]) {
            found.push(column::<i64>(row, "case_id")?);
        }
    }
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let skipped = usize::try_from(window.offset()).unwrap_or(usize::MAX);
    let limit = usize::try_from(window.limit()).unwrap_or(usize::MAX);
    let shown: Vec<_> = found.into_iter().skip(skipped).take(limit).collect();
    let mut parameters = Parameters::default();
    let shown = parameters.add(shown, Type::INT8_ARRAY);
    let text = format!(
        "SELECT {CONTACT} FROM whc.case_contact AS contact WHERE contact.case_id = ANY ({shown}) ORDER BY contact.case_id"
    );
    let rows = transaction.query(&[(Cow::Owned(text), parameters)]).await?;
    transaction.roll_back().await?;
    let items = rows.iter().flatten().filter_map(|row| contact(row).transpose()).collect::<Result<_>>()?;
    Ok(Page { items, total })
}

pub(super) async fn events(pool: &Pool, cases: &CaseSet, query: &AuditQuery) -> Result<Page<AuditEvent>> {
    let (text, parameters) = of_events(cases, query);
    page(&pool.query(&text, &parameters.to_vec()).await?, event)
}

fn of_events<'a>(cases: &CaseSet, query: &'a AuditQuery) -> Statement<'a> {
    let number = |subject: Subject| i64::try_from(subject.number()).unwrap_or(i64::MAX);
    let matching = Conditions::default()
        .and(numbers(cases), Type::INT8_ARRAY, |cases| {
            format!("(event.subject_kind <> 'case' OR event.subject_id = ANY ({cases}))")
        })
        .and(query.subject.map(Subject::kind), Type::TEXT, |kind| format!("event.subject_kind = {kind}"))
        .and(query.subject.map(number), Type::INT8, |number| format!("event.subject_id = {number}"))
        .and(query.actor.as_deref(), Type::TEXT, |actor| format!("event.actor = {actor}"))
        .and(query.action.map(AuditAction::name), Type::TEXT, |action| format!("event.action = {action}"))
        .and(query.since, Type::TIMESTAMPTZ, |since| format!("event.at >= {since}"))
        .and(query.until, Type::TIMESTAMPTZ, |until| format!("event.at < {until}"));
    let newest = "event.at DESC, event.number DESC";
    page_statement("whc.audit_event AS event", EVENT, matching, newest, query.window)
}

/// The contact of a case and all events about it, in one state.
pub(super) async fn export(pool: &Pool, case: CaseId, cases: &CaseSet) -> Result<CaseRecord> {
    let query = AuditQuery::about_case(case).with(|query| query.window = Window::UNLIMITED);
    let statements = [of_case(case), of_events(cases, &query)];
    let (transaction, rows) = Transaction::begin(pool, ONE_STATE, &statements).await?;
    transaction.roll_back().await?;
    let mut rows = rows.into_iter();
    let found = rows.next().unwrap_or_default().first().map_or(Ok(None), contact)?;
    let events = page(&rows.next().unwrap_or_default(), event)?.items;
    Ok(CaseRecord::new(found, events))
}

/// The numbers of the cases; `None` where they are all.
fn numbers(cases: &CaseSet) -> Option<Vec<i64>> {
    cases.only().map(|cases| cases.iter().map(|case| case.get().cast_signed()).collect())
}

/// A page past the end is one row with the total and no item.
fn page_statement<'a>(
    from: &str,
    columns: &str,
    matching: Conditions<'a>,
    order: &str,
    window: Window,
) -> Statement<'a> {
    let (matching, mut parameters) = matching.into_parts();
    let window = parameters.add_window(window);
    let text = format!(
        "SELECT (SELECT count(*) FROM {from} WHERE {matching}) AS total, page.*
        FROM (VALUES (true)) AS always
        LEFT JOIN (SELECT row_number() OVER (ORDER BY {order}) AS place, {columns} FROM {from} WHERE {matching}
            ORDER BY {order} {window}) AS page ON true
        ORDER BY page.place"
    );
    (Cow::Owned(text), parameters)
}

fn page<T>(rows: &[Row], item: impl Fn(&Row) -> Result<Option<T>>) -> Result<Page<T>> {
    let total = rows.first().map_or(Ok(0), |row| column::<i64>(row, "total"))?;
    let items = rows.iter().filter_map(|row| item(row).transpose()).collect::<Result<_>>()?;
    Ok(Page { items, total: total.unsigned_abs() })
}
