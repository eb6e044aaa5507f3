//! `/sites/{id}/listing`: a site taken off the List, with the year and the reason, and taken back.

use askama::Template;
use http::StatusCode;
use serde_json::json;

use super::{REASON, field, history, if_match, put, reason, record, said, unversioned};
use crate::repository::{Edited, SitePlacement, SitePut};
use crate::site::{Site, SiteDocument, SiteRecord, Status, Year, delist};
use crate::violation::{Violation, Violations};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::page::desk::{Around, Desk};
use crate::web::page::form::{Control, Field, FormView, Notice, Wrong};
use crate::web::page::frame::Frame;
use crate::web::problem::Problem;
use crate::web::request::{Flash, Form};
use crate::web::visitor::Visitor;

const YEAR: &str = "year";

const BEHIND: Notice = Notice {
    heading: "Somebody else has changed this site since you opened it",
    text: "Nothing is done yet, and what you wrote is still here: look at the history of the site, and send this again if it is to \
           be so.",
};
const UNVERSIONED: Notice = Notice {
    heading: "The form did not say how old it was",
    text: "Others may have changed the site since, so nothing is done yet. This is the form opened again, with what you wrote: send \
           it again if it is to be so.",
};

#[derive(Template)]
#[template(path = "curation/listing.html")]
struct ListingPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    name: String,
    is_on_list: bool,
    lede: String,
    what: &'static str,
    form: FormView<'a>,
}

/// The form: off the List, or back.
pub(crate) async fn show(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let record = record(context).await?;
    desk.answer(&page(&desk, frame, &record, Vec::new(), None))
}

/// Takes the site off the List, where the form names a year, else back.
pub(crate) async fn save(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let curator = desk.caller().curator()?;
    let before = record(context).await?;
    let sent = desk.form(&[]).await?;
    let Some(if_match) = if_match(&sent) else {
        return again(&desk, frame, &before, &sent, UNVERSIONED, unversioned());
    };
    let back = sent.value("_method").is_some_and(|method| method == "back");
    let wish = match wish(&sent, back) {
        Ok(wish) => wish,
        Err(violations) => return refused(&desk, frame, &before, &sent, &violations),
    };
    let mut edit = |record: Option<&SiteRecord>| {
        let record = record.ok_or_else(|| Violation::of_all("is about a site that is not there"))?;
        Ok(Edited::from(wish.of(&record.site, context.year())?))
    };
    let (id, trace) = (before.site.id, context.trace());
    let wanted = SitePut::new(id, Some(&if_match), &trace).because(reason(&sent));
    let placed = put(context, &curator, &wanted, &mut edit).await?;
    let done = if back { Flash::SiteRelisted } else { Flash::SiteDelisted };
    match &placed.placement {
        SitePlacement::Changed { .. } => Ok(desk.done(said(done, &placed), &history(&frame, id))),
        SitePlacement::Unchanged(_) => Ok(desk.done(Flash::Unchanged, &history(&frame, id))),
        SitePlacement::Invalid(violations) => refused(&desk, frame, &before, &sent, violations),
        SitePlacement::Stale(_) => {
            let detail =
                "the site has changed since the form was made; look at its history, and send this again";
            let problem = Problem::new(StatusCode::CONFLICT, detail);
            again(&desk, frame, &record(context).await?, &sent, BEHIND, problem)
        }
        _ => Err(super::missing("the site is not there any more")),
    }
}

/// What somebody wants.
enum Wish {
    OffSince(Year),
    Back,
}

impl Wish {
    fn of(&self, site: &Site, now: Option<Year>) -> Result<Site, Violations> {
        match self {
            Self::OffSince(year) if site.status == (Status::Delisted { year: *year }) => Ok(site.clone()),
            Self::OffSince(year) => delist(site, *year, now),
            Self::Back => {
                SiteDocument::new(json!({"status": "inscribed"}), crate::site::Language::English)?.merge(site)
            }
        }
    }
}

fn wish(sent: &Form, back: bool) -> Result<Wish, Violations> {
    let mut violations = Violations::default();
    match reason(sent).map(crate::site::check_reason) {
        None => violations.push(Violation::of(REASON, "is missing")),
        Some(Err(reason)) => violations.push(Violation::of(REASON, reason)),
        Some(Ok(())) => {}
    }
    let year = sent.value(YEAR).unwrap_or_default().trim().parse::<Year>();
    let wish = match year {
        _ if back => Some(Wish::Back),
        Ok(year) => Some(Wish::OffSince(year)),
        Err(_) => {
            violations.push(Violation::of(YEAR, "is missing"));
            None
        }
    };
    violations.none()?;
    wish.ok_or_else(Violations::default)
}

fn refused(
    desk: &Desk<'_>,
    frame: Frame<'_>,
    record: &SiteRecord,
    sent: &Form,
    violations: &Violations,
) -> Result<Answer, Problem> {
    let wrong = violations.iter().map(|violation| wrong(violation, record)).collect();
    let page = page(desk, frame, record, wrong, Some(sent));
    desk.refuse(StatusCode::UNPROCESSABLE_ENTITY, &page, violations.clone())
}

/// The form once more, about the state of now.
fn again(
    desk: &Desk<'_>,
    frame: Frame<'_>,
    record: &SiteRecord,
    sent: &Form,
    notice: Notice,
    problem: Problem,
) -> Result<Answer, Problem> {
    let mut page = page(desk, frame, record, Vec::new(), Some(sent));
    page.form.notice = Some(notice);
    desk.refuse(problem.status(), &page, problem)
}

fn wrong(violation: &Violation, record: &SiteRecord) -> Wrong {
    match violation.pointer.trim_start_matches('/') {
        YEAR if violation.reason == "is missing" => {
            let reason = format!(
                "Enter the year in which the site left the List, from {} to {}",
                record.site.inscribed,
                Year::LAST
            );
            Wrong::new(YEAR, reason)
        }
        // The year in which it left is that of its status.
        YEAR | "year_left" | "status" => Wrong::new(YEAR, format!("The year {}", violation.reason)),
        REASON if violation.reason == "is missing" => Wrong::new(REASON, "Say why, for everybody to read"),
        REASON => Wrong::new(REASON, format!("The reason {}", violation.reason)),
        name => Wrong::new(REASON, format!("{name} {}", violation.reason)),
    }
}

fn page<'a>(
    desk: &Desk<'a>,
    frame: Frame<'a>,
    record: &SiteRecord,
    wrong: Vec<Wrong>,
    sent: Option<&Form>,
) -> ListingPage<'a> {
    let (site, id) = (&record.site, record.site.id);
    let is_on_list = site.status == Status::Inscribed;
    let year = Field {
        name: YEAR,
        label: "Year in which it left".into(),
        hint: format!("From {} on, the year of its inscription", site.inscribed),
        control: Control::Line("short", " inputmode=\"numeric\""),
        value: sent.and_then(|sent| sent.value(YEAR)).unwrap_or_default().to_owned(),
        now: None,
        completed_by: "off",
    };
    let fields = is_on_list.then_some(year).into_iter().chain([field::reason(sent)]).collect();
    let name = site.names.english().to_owned();
    let form = FormView {
        action: frame.to.page(format!("/sites/{id}/listing")),
        method: if is_on_list { "off" } else { "back" },
        token: desk.form_token(),
        version: Some(record.revision.to_string()),
        fields,
        button: if is_on_list { "Take it off the List" } else { "Put it back on the List" },
        cancel: frame.to.page(format!("/sites/{id}/edit")),
        wrong,
        notice: None,
    };
    let lede = match site.status {
        Status::Inscribed => {
            "It stays known, with the year in which it left, and can be taken back.".to_owned()
        }
        Status::Delisted { year } => format!("It left the List in {year}."),
        Status::Superseded { year, by } => format!("It is a part of site {by} since {year}."),
    };
    let heading = if is_on_list { "Take a site off the List" } else { "Take a site back" };
    ListingPage {
        around: desk.around(&frame, ""),
        frame: frame.titled(&form.title(heading)),
        name,
        is_on_list,
        lede,
        what: "Nothing has changed yet",
        form,
    }
}
