//! `/contacts`: the contacts that somebody may see, found by case, name and site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use http::StatusCode;

use super::address;
use super::fields::CASE_ID;
use crate::contact::{Contact, TextField};
use crate::page::{Page, Window};
use crate::repository::ContactQuery;
use crate::scope::Scope;
use crate::site::{Search, Site, SiteId, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::contact_answers::repository;
use crate::web::page::address::Address;
use crate::web::page::desk::{Around, Desk};
use crate::web::page::form::{Control, Field, Filters};
use crate::web::page::frame::Frame;
use crate::web::page::number::Number;
use crate::web::page::pages::{self, PageLink};
use crate::web::page::row::SiteLink;
use crate::web::problem::Problem;
use crate::web::request::{Parameters, paging};
use crate::web::visitor::Visitor;

const NAME: &str = "name";
const SITE: &str = "site";
/// What narrows the list.
const FILTERS: [&str; 3] = [CASE_ID, NAME, SITE];
/// How many contacts a page has where no `limit` is given.
const LIMIT: u32 = 50;
/// The most letters of a name that are looked for.
const LONGEST_NAME: usize = 255;

#[derive(Template)]
#[template(path = "contact/list.html")]
struct ListPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    filters: Filters,
    is_narrowed: bool,
    count: String,
    rows: Vec<Row<'a>>,
    pages: Vec<PageLink<'a>>,
    range: String,
    may_add: bool,
}

/// A contact.
struct Row<'a> {
    address: Address<'a>,
    case: u64,
    name: String,
    phone: String,
    site: Option<SiteLink<'a>>,
}

/// The page.
pub(crate) async fn list(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let names = [&FILTERS[..], &["lang", "f", "limit", "offset"]].concat();
    let mut parameters = context.parameters(&names);
    let (desk, frame) = Desk::read(context, visitor, &mut parameters, &FILTERS)?;
    let reader = desk.caller().contact_reader()?;
    let query = query(context, &frame, &mut parameters).await?;
    let (fields, is_narrowed) =
        (fields(&parameters), FILTERS.iter().any(|name| parameters.text(name).is_some()));
    let problem = parameters.finish().err();
    let page = match &problem {
        None => repository(context.app)?.list(&reader, &query).await.map_err(Problem::from_contacts)?,
        Some(_) => Page { items: Vec::new(), total: 0 },
    };
    let sites = sites(context, &page.items).await?;
    let page = ListPage {
        around: desk.around(&frame, "/contacts"),
        filters: Filters::new(fields, problem.as_ref()),
        is_narrowed,
        count: counted(page.total),
        rows: page.items.iter().map(|contact| row(contact, &sites, &frame)).collect(),
        pages: pages::pages(&frame, "/contacts", query.window, page.total),
        range: pages::range(&frame, query.window, page.items.len(), page.total),
        may_add: desk.caller().scopes().contains(Scope::ContactsWrite),
        frame: frame.titled(if problem.is_some() { "Error: Contacts" } else { "Contacts" }),
    };
    match problem {
        Some(problem) => desk.refuse(StatusCode::BAD_REQUEST, &page, problem),
        None => desk.answer(&page),
    }
}

async fn query(
    context: &Context<'_>,
    frame: &Frame<'_>,
    parameters: &mut Parameters<'_>,
) -> Result<ContactQuery, Problem> {
    let case = parameters.read(CASE_ID, str::parse);
    let name = parameters.text(NAME).map(|name| name.trim().to_owned());
    if name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        parameters.violation(NAME, format!("name has over {LONGEST_NAME} letters"));
    }
    let given = parameters.text(SITE).map(|site| site.trim().to_owned());
    let sites = match given {
        Some(given) => Some(about(context, frame, parameters, &given).await?),
        None => None,
    };
    let window = paging::window(parameters, LIMIT);
    Ok(ContactQuery::new(None, window).with(|query| {
        (query.case, query.name, query.sites) = (case, name, sites);
    }))
}

/// The sites that somebody means by a number, or by words that the search finds them with.
async fn about(
    context: &Context<'_>,
    frame: &Frame<'_>,
    parameters: &mut Parameters<'_>,
    given: &str,
) -> Result<BTreeSet<SiteId>, Problem> {
    if given.bytes().all(|byte| byte.is_ascii_digit()) {
        let site: Option<SiteId> = parameters.read(SITE, str::parse);
        return Ok(site.into_iter().collect());
    }
    let Some(words) = parameters.read(SITE, Search::new) else { return Ok(BTreeSet::new()) };
    let query =
        SiteQuery { search: Some(words), language: frame.language, window: Window::ALL, ..SiteQuery::ALL };
    Ok(context.app.sites().list(&query).await?.items.iter().map(|site| site.id).collect())
}

/// The sites that these contacts are about, by number.
async fn sites(context: &Context<'_>, contacts: &[Contact]) -> Result<BTreeMap<SiteId, Arc<Site>>, Problem> {
    let mut sites = BTreeMap::new();
    for id in contacts.iter().filter_map(|contact| contact.details.site()) {
        if !sites.contains_key(&id)
            && let Some(site) = context.app.sites().get(id).await?
        {
            sites.insert(id, site);
        }
    }
    Ok(sites)
}

fn row<'a>(contact: &Contact, sites: &'a BTreeMap<SiteId, Arc<Site>>, frame: &Frame<'a>) -> Row<'a> {
    let text = |field| contact.details.text(field);
    let names = [TextField::Title, TextField::FirstName, TextField::LastName];
    let site = contact.details.site().and_then(|id| sites.get(&id));
    Row {
        address: address(frame, contact.case),
        case: contact.case.get(),
        name: names.into_iter().filter_map(text).collect::<Vec<_>>().join(" "),
        phone: text(TextField::PhoneNo).unwrap_or_default().to_owned(),
        site: site.map(|site| SiteLink::new(site, frame)),
    }
}

fn fields(parameters: &Parameters<'_>) -> Vec<Field> {
    let number = Control::Line("short", " inputmode=\"numeric\"");
    let line = || Control::Line("", "");
    vec![
        Field::filter(parameters, CASE_ID, ("Case number", ""), number),
        Field::filter(parameters, NAME, ("Name", "Any part of the title and the names"), line()),
        Field::filter(parameters, SITE, ("Site", "Its number, or words of its name"), line()),
    ]
}

fn counted(total: u64) -> String {
    match total {
        1 => "1 contact".to_owned(),
        total => format!("{} contacts", Number(total)),
    }
}
