//! Creating and changing.

use std::sync::Arc;

use super::site::{Desk, trace, year};
use crate::if_match::IfMatch;
use crate::repository::{SitePlacement, SitePut, SiteStore};
use crate::site::{ChangeKind, Site, SiteId, SiteRecord, SiteRevision, Status};
use crate::testing::conformance::{Outcome, equal, failed, fixture};
use crate::violation::{Violation, Violations};

pub(super) async fn creates_once(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2001);
    let before = store.version().await.map_err(failed)?;
    equal(
        "what comes of a change",
        &desk.put(desk.bare(), Some(&IfMatch::Any)).await?,
        &SitePlacement::Missing,
    )?;
    equal("the version", &store.version().await.map_err(failed)?, &before)?;
    let created = desk.created().await?;
    equal("the record", &desk.record().await?, &created)?;
    equal("the site", &store.get(desk.id).await.map_err(failed)?, &Some(Arc::new(desk.bare())))?;
    let again = desk.put(desk.bare(), None).await?;
    equal("what comes of the second", &again, &SitePlacement::Exists(created.revision))?;
    let history = desk.history().await?;
    let told = history.iter().map(|change| (change.kind, change.reason.clone(), change.source.clone()));
    let expected = vec![(ChangeKind::Added, Some("to be right".to_owned()), None)];
    equal("the history", &told.collect(), &expected)?;
    let after = store.version().await.map_err(failed)?;
    if after == before { Err(format!("the version stays {after}")) } else { Ok(()) }
}

pub(super) async fn changes(store: &dyn SiteStore) -> Outcome {
    let (desk, other) = (Desk::new(store, 2002), Desk::new(store, 2001));
    let (first, beside) = (desk.created().await?, other.record().await?);
    let later = Site { inscribed: year(1979), ..desk.bare() };
    let wrong = IfMatch::OneOf(vec![SiteRevision::new(!first.revision.get()), beside.revision]);
    for if_match in [wrong, IfMatch::OneOf(Vec::new())] {
        let stale = desk.put(later.clone(), Some(&if_match)).await?;
        equal("what comes of it", &stale, &SitePlacement::Stale(first.revision))?;
    }
    equal("the record", &desk.record().await?, &first)?;
    let either = IfMatch::OneOf(vec![SiteRevision::new(0), first.revision]);
    let changed = desk.put(later.clone(), Some(&either)).await?;
    let now = desk.record().await?;
    equal(
        "what comes of it",
        &changed,
        &SitePlacement::Changed { before: first.clone(), after: now.clone() },
    )?;
    equal("the site", &*now.site, &later)?;
    if now.revision == first.revision {
        return Err("the revision stays".to_owned());
    }
    equal("the other site", &other.record().await?, &beside)?;
    let history = desk.history().await?;
    equal("what changed", &history[0].fields, &vec!["date_inscribed".to_owned()])?;
    equal("why", &history[0].reason.as_deref(), &Some("to be right"))?;
    equal("how often", &history.len(), &2)?;
    let any = desk.put(Site { inscribed: year(1980), ..later }, Some(&IfMatch::Any)).await?;
    if matches!(any, SitePlacement::Changed { .. }) { Ok(()) } else { Err(format!("not changed: {any:?}")) }
}

pub(super) async fn comes_back(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2003);
    let first = desk.created().await?;
    desk.changed(|site| site.transboundary = true).await?;
    let back = desk.changed(|site| site.transboundary = false).await?;
    equal("the site", &back.site, &first.site)?;
    let stale = desk.put(desk.bare(), Some(&IfMatch::only(&first.revision))).await?;
    equal("what comes of it", &stale, &SitePlacement::Stale(back.revision))
}

pub(super) async fn unchanged(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2001);
    let (record, version) = (desk.record().await?, store.version().await.map_err(failed)?);
    let told = desk.history().await?;
    let same = desk.put(desk.bare(), Some(&IfMatch::only(&record.revision))).await?;
    equal("what comes of it", &same, &SitePlacement::Unchanged(record.clone()))?;
    equal("the record", &desk.record().await?, &record)?;
    equal("the version", &store.version().await.map_err(failed)?, &version)?;
    equal("the history", &desk.history().await?, &told)
}

pub(super) async fn invalid(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2001);
    let (record, trace) = (desk.record().await?, trace(1));
    let wrong = || Violations::from(Violation::of("name", "it is wrong"));
    let put = SitePut::new(desk.id, Some(&IfMatch::Any), &trace);
    let placed = store.put(&desk.curator, &put, &mut |_| Err(wrong())).await.map_err(failed)?;
    equal("what comes of it", &placed.placement, &SitePlacement::Invalid(wrong()))?;
    let other = Site { id: SiteId::new(2999).map_err(failed)?, ..desk.bare() };
    let another = store.put(&desk.curator, &put, &mut |_| Ok(other.clone().into())).await;
    if let Ok(placed) = another {
        return Err(format!("another site was written: {placed:?}"));
    }
    equal("the record", &desk.record().await?, &record)
}

pub(super) async fn supersedes(store: &dyn SiteStore) -> Outcome {
    let [part, whole, other] = [2005, 2006, 2007].map(|number| Desk::new(store, number));
    let of = |desk: &Desk<'_>| Site {
        status: Status::Superseded { year: year(1990), by: desk.id },
        ..part.bare()
    };
    part.created().await?;
    let trace = trace(1);
    let put = SitePut::new(part.id, Some(&IfMatch::Any), &trace).superseded_by(Some(whole.id));
    let refused = |placement: &SitePlacement, why: &str| match placement {
        SitePlacement::Invalid(violations)
            if violations.iter().any(|violation| violation.reason.contains(why)) =>
        {
            Ok(())
        }
        other => Err(format!("expected that it {why}, got {other:?}")),
    };
    let edit = &mut |_: Option<&SiteRecord>| Ok(of(&whole).into());
    refused(&store.put(&part.curator, &put, edit).await.map_err(failed)?.placement, "there is none")?;
    refused(&store.rehearse(&put, edit).await.map_err(failed)?, "there is none")?;
    whole.created().await?;
    other.created().await?;
    let unnamed = store.put(&part.curator, &put, &mut |_| Ok(of(&other).into())).await;
    if let Ok(placed) = unnamed {
        return Err(format!("it became a part of a site that was not named: {placed:?}"));
    }
    match store.put(&part.curator, &put, edit).await.map_err(failed)?.placement {
        SitePlacement::Changed { after, .. } => equal("the site", &*after.site, &of(&whole))?,
        other => return Err(format!("not changed: {other:?}")),
    }
    let back = SitePut::new(whole.id, Some(&IfMatch::Any), &trace).superseded_by(Some(part.id));
    let edit = &mut |_: Option<&SiteRecord>| Ok(Site { id: whole.id, ..of(&part) }.into());
    refused(&store.put(&part.curator, &back, edit).await.map_err(failed)?.placement, "is a part of")?;
    refused(&store.rehearse(&back, edit).await.map_err(failed)?, "is a part of")?;
    // What it is a part of already need not be named.
    let later = SitePut::new(part.id, Some(&IfMatch::Any), &trace);
    let edit = &mut |_: Option<&SiteRecord>| Ok(Site { inscribed: year(1979), ..of(&whole) }.into());
    match store.put(&part.curator, &later, edit).await.map_err(failed)?.placement {
        SitePlacement::Changed { .. } => Ok(()),
        other => Err(format!("not changed: {other:?}")),
    }
}

pub(super) async fn rehearses(store: &dyn SiteStore) -> Outcome {
    let (desk, absent) = (Desk::new(store, 2001), Desk::new(store, 2998));
    let (record, trace) = (desk.record().await?, trace(1));
    let version = store.version().await.map_err(failed)?;
    let later = Site { inscribed: year(1999), ..desk.bare() };
    let put = SitePut::new(desk.id, Some(&IfMatch::Any), &trace);
    match store.rehearse(&put, &mut |_| Ok(later.clone().into())).await.map_err(failed)? {
        SitePlacement::Changed { before, after } if before == record && *after.site == later => {}
        other => return Err(format!("a change became {other:?}")),
    }
    let put = SitePut::new(absent.id, None, &trace);
    match store.rehearse(&put, &mut |_| Ok(absent.bare().into())).await.map_err(failed)? {
        SitePlacement::Created(created) if *created.site == absent.bare() => {}
        other => return Err(format!("a creation became {other:?}")),
    }
    equal("the record", &desk.record().await?, &record)?;
    equal("the other", &store.record(absent.id).await.map_err(failed)?, &None)?;
    equal("the version", &store.version().await.map_err(failed)?, &version)
}

/// A site gets the facts of each site of the fixture in turn.
pub(super) async fn all_facts(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2004);
    desk.created().await?;
    for site in fixture() {
        let site = Site { id: desk.id, ..site };
        if let Some(by) = site.status.superseded_by() {
            Desk::new(store, by.get()).put(Site { id: by, ..desk.bare() }, None).await?;
        }
        desk.put(site.clone(), Some(&IfMatch::Any)).await?;
        equal("the site", &*desk.record().await?.site, &site)?;
    }
    Ok(())
}

pub(super) async fn loads(store: &dyn SiteStore) -> Outcome {
    let version = store.version().await.map_err(failed)?;
    let before = store.load(version.clone(), None).await.map_err(failed)?;
    equal("the version of the snapshot", before.version(), &version)?;
    let desk = Desk::new(store, 2001);
    let changed = desk.changed(|site| site.transboundary = true).await?;
    let version = store.version().await.map_err(failed)?;
    for known in [None, Some(&before)] {
        let snapshot = store.load(version.clone(), known).await.map_err(failed)?;
        equal("the record", &snapshot.record(desk.id), &Some(changed.clone()))?;
        for site in snapshot.sites() {
            let record = store.record(site.id).await.map_err(failed)?;
            equal("a record", &snapshot.record(site.id), &record)?;
        }
        equal("how many", &snapshot.sites().len(), &before.sites().len())?;
    }
    Ok(())
}
