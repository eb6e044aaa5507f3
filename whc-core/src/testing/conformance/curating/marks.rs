//! Marks of what was set by hand.

use super::site::{Desk, fields, year};
use crate::if_match::IfMatch;
use crate::repository::{Edited, RevisionOrigin, SitePlacement, SiteStore};
use crate::site::{KnownSites, Site, WikidataId};
use crate::testing::conformance::{Outcome, equal, failed};

pub(super) async fn are_set(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2010);
    equal(
        "the marks of a new site",
        &desk.created().await?.curated,
        &fields("name_en category date_inscribed"),
    )?;
    let record =
        desk.changed(|site| (site.transboundary, site.wikidata) = (true, WikidataId::new(7).ok())).await?;
    let marked = fields("name_en category date_inscribed transboundary wikidata");
    equal("the marks after a change", &record.curated, &marked)?;
    equal("the marks kept", &desk.record().await?.curated, &marked)
}

pub(super) async fn are_handed_back(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2010);
    let (before, told) = (desk.record().await?, desk.history().await?);
    let version = store.version().await.map_err(failed)?;
    let edited = Edited::from(Site::clone(&before.site)).handing_back(fields("wikidata extended"));
    let placed = desk.put(edited.clone(), Some(&IfMatch::only(&before.revision))).await?;
    let after = desk.record().await?;
    equal(
        "what comes of it",
        &placed,
        &SitePlacement::Changed { before: before.clone(), after: after.clone() },
    )?;
    equal("the marks", &after.curated, &fields("name_en category date_inscribed transboundary"))?;
    if after.revision == before.revision || store.version().await.map_err(failed)? == version {
        return Err("the revision or the version stays".to_owned());
    }
    equal("the history", &desk.history().await?, &told)?;
    let again = desk.put(edited, Some(&IfMatch::Any)).await?;
    equal("what comes of the second", &again, &SitePlacement::Unchanged(after))
}

pub(super) async fn are_kept(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2010);
    let before = desk.record().await?;
    let mut seen = None;
    let wrong = Site { inscribed: year(2001), ..Site::clone(&before.site) };
    let mut revise = |known: &KnownSites<'_>| {
        seen = Some(known.curated(desk.id).clone());
        Ok(vec![wrong.clone()].into())
    };
    match store.revise_from(&RevisionOrigin::file("a.xml"), &mut revise).await {
        Err(error) if error.is_refused() && error.to_string().contains("date_inscribed") => {}
        other => return Err(format!("a change of what is marked became {other:?}")),
    }
    equal("the marks a revision sees", &seen, &Some(before.curated.clone()))?;
    equal("the record", &desk.record().await?, &before)?;
    let unmarked = Site { extended: vec![year(1990)], ..Site::clone(&before.site) };
    store.revise(&mut |_| Ok(vec![unmarked.clone()])).await.map_err(failed)?;
    let after = desk.record().await?;
    equal("the site", &*after.site, &unmarked)?;
    equal("the marks", &after.curated, &before.curated)?;
    if after.revision == before.revision { Err("the revision stays".to_owned()) } else { Ok(()) }
}

pub(super) async fn are_overruled(store: &dyn SiteStore) -> Outcome {
    let desk = Desk::new(store, 2010);
    let before = desk.record().await?;
    let origin = RevisionOrigin::file("b.xml").overruling(fields("date_inscribed transboundary"));
    let site = Site { inscribed: year(2001), ..Site::clone(&before.site) };
    store.revise_from(&origin, &mut |_| Ok(vec![site.clone()].into())).await.map_err(failed)?;
    let after = desk.record().await?;
    equal("the site", &*after.site, &site)?;
    equal("the marks", &after.curated, &fields("name_en category transboundary"))
}
