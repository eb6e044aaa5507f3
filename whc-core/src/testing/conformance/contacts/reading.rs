//! Checks of lists, queries and exports.

use serde_json::json;

use super::case::{Case, auditor, somebody, trace};
use crate::audit::{AuditAction, AuditQuery, Subject};
use crate::auth::{ContactReader, Read};
use crate::contact::CaseId;
use crate::page::Window;
use crate::repository::{ContactQuery, ContactRepository};
use crate::site::SiteId;
use crate::testing::conformance::{Outcome, equal, failed};

pub(super) async fn starts_empty(store: &dyn ContactRepository) -> Outcome {
    let reader = somebody("42").contact_reader().expect("a scope for everything");
    equal("the contacts", &store.list(&reader, &ContactQuery::default()).await.map_err(failed)?.total, &0)?;
    equal("the events", &store.events(&auditor(), &AuditQuery::default()).await.map_err(failed)?.total, &0)?;
    equal("a contact", &Case::new(store, 1).get().await?, &None)
}

pub(super) async fn lists(store: &dyn ContactRepository) -> Outcome {
    let numbers = [305, 301, 303, 302, 304];
    for number in numbers {
        Case::new(store, number).created(&json!({"title": "Ms", "site_id": 900 + number % 2}), 1).await?;
    }
    let ours = [301, 302, 304, 305, 999].map(|number| CaseId::new(number).expect("a number"));
    let reader = somebody("42").narrowed_to(ours).contact_reader().expect("a scope for everything");
    let site = |number| SiteId::new(number).ok();
    for (name, site, limit, offset, expected, total) in [
        ("all", None, 100, 0, &[301, 302, 304, 305][..], 4),
        ("a page", None, 2, 1, &[302, 304], 4),
        ("a page past the end", None, 2, 9, &[], 4),
        ("of a site", site(901), 100, 0, &[301, 305], 2),
        ("of no site", site(902), 100, 0, &[], 0),
    ] {
        let query = ContactQuery::new(site, Window::new(limit, offset).map_err(failed)?);
        let page = store.list(&reader, &query).await.map_err(failed)?;
        let found: Vec<_> = page.items.iter().map(|contact| contact.case.get()).collect();
        equal(name, &found.as_slice(), &expected)?;
        equal(name, &page.total, &total)?;
    }
    finds(store, &reader).await?;
    let nobody = somebody("42").narrowed_to([]).contact_reader().expect("a scope for everything");
    equal("of no case", &store.list(&nobody, &ContactQuery::default()).await.map_err(failed)?.total, &0)
}

/// What narrows a list.
type Finding<'a> = dyn Fn(&mut ContactQuery) + 'a;

/// By case, name and site, alone and together, against the definition.
async fn finds(store: &dyn ContactRepository, reader: &ContactReader) -> Outcome {
    let zoe = json!({"title": "Dr", "first_name": "Zo\u{eb}", "last_name": "King", "site_id": 901});
    Case::new(store, 999).created(&zoe, 1).await?;
    let all = ContactQuery::new(None, Window::ALL);
    let contacts = store.list(reader, &all).await.map_err(failed)?.items;
    let site = |number| SiteId::new(number).expect("a number");
    let changes: [(&str, &Finding<'_>, usize); 8] = [
        ("of a case", &|query| query.case = CaseId::new(304).ok(), 1),
        ("of a case of others", &|query| query.case = CaseId::new(303).ok(), 0),
        ("of two sites", &|query| query.sites = Some([site(900), site(901)].into()), 5),
        ("of no site", &|query| query.sites = Some([].into()), 0),
        ("without accents", &|query| query.name = Some("ZOE KING".to_owned()), 1),
        ("a part of a title", &|query| query.name = Some("m".to_owned()), 4),
        ("with signs of patterns", &|query| query.name = Some("%_".to_owned()), 0),
        (
            "a name on a site, in a page",
            &|query| {
                (query.name, query.sites) = (Some("s".to_owned()), Some([site(901)].into()));
                query.window = Window::new(1, 1).unwrap_or_default();
            },
            1,
        ),
    ];
    for (name, change, count) in changes {
        let query = all.clone().with(change);
        let found = store.list(reader, &query).await.map_err(failed)?;
        equal(name, &found, &query.select(&contacts, reader.cases()))?;
        equal(name, &found.items.len(), &count)?;
    }
    Ok(())
}

/// What narrows a query.
type Narrowing<'a> = dyn Fn(&mut AuditQuery) + 'a;

/// Every filter alone, over all cases and over some, by what is there after the other checks.
pub(super) async fn queries(store: &dyn ContactRepository) -> Outcome {
    let all = AuditQuery::default().with(|query| query.window = Window::ALL);
    let events = store.events(&auditor(), &all).await.map_err(failed)?;
    equal("the total", &events.total, &u64::try_from(events.items.len()).unwrap_or_default())?;
    let case = |number| CaseId::new(number).expect("a number");
    let (some, every) = (vec![case(101), case(102), case(103)], None);
    let subject = |number| Some(Subject::Case(case(number)));
    let site = SiteId::new(102).ok().map(Subject::Site);
    let changes: [(&str, &Narrowing<'_>); 9] = [
        ("all", &|_| ()),
        ("of a case", &|query| query.subject = subject(102)),
        ("of a site", &|query| query.subject = site),
        ("by somebody", &|query| query.actor = Some("43".to_owned())),
        ("of an action", &|query| query.action = Some(AuditAction::Update)),
        ("since", &|query| query.since = Some(trace(3).at())),
        ("until", &|query| query.until = Some(trace(3).at())),
        ("a page", &|query| query.window = Window::new(2, 1).unwrap_or_default()),
        ("past the end", &|query| query.window = Window::new(2, 1_000).unwrap_or_default()),
    ];
    for (name, change) in changes {
        for cases in [&every, &Some(some.clone())] {
            let query = all.clone().with(change);
            let caller = somebody("auditor");
            let caller = cases.iter().fold(caller, |caller, cases| caller.narrowed_to(cases.iter().copied()));
            let expected = query.select(&events.items, caller.cases());
            let auditor = caller.auditor().expect("a scope for everything");
            equal(name, &store.events(&auditor, &query).await.map_err(failed)?, &expected)?;
        }
    }
    Ok(())
}

pub(super) async fn exports(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 102);
    let record = store.export(&case.access::<Read>(), &auditor()).await.map_err(failed)?;
    equal("the contact", &record.contact, &case.get().await?)?;
    let mut events = case.events().await?;
    events.reverse();
    equal("the events", &record.events, &events)
}
