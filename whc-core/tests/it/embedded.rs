//! The facts compiled in: complete, and with the totals of the list after the 48th session.

use std::collections::BTreeSet;

use whc_core::{
    Category, Language, MemorySites, Point, Site, SiteQuery, SiteRepository, Status, StatusFilter,
};

#[tokio::test]
async fn totals_are_those_of_the_list() {
    let sites = MemorySites::embedded().unwrap();
    let list =
        sites.list(&SiteQuery::ALL.with(|query| query.status = StatusFilter::Inscribed)).await.unwrap();
    assert_eq!(list.total, 1273);
    let count = |category| list.items.iter().filter(|site| site.category == category).count();
    assert_eq!(Category::ALL.map(count), [991, 240, 42]);
    assert_eq!(list.items.iter().filter(|site| site.transboundary).count(), 51);
    let codes: BTreeSet<_> =
        list.items.iter().flat_map(|site| &site.states).filter_map(|state| state.iso).collect();
    assert_eq!(codes.len(), 173);
    assert_eq!(list.items.iter().map(|site| site.components.len()).sum::<usize>(), 6008);
    // Rows are counted before they are read.
    assert_eq!(list.items.iter().map(|site| site.components.iter().count()).sum::<usize>(), 6008);
    assert!(list.items.iter().filter(|site| site.wikidata.is_some()).count() > 1200);
}

#[test]
fn the_licence_says_true_counts() {
    let sites = whc_core::site::embedded().unwrap();
    let listed: Vec<_> = sites.iter().filter(|site| site.status == Status::Inscribed).collect();
    let count = |is: &dyn Fn(&Site) -> bool| listed.iter().filter(|site| is(site)).count();
    let missing = Language::ALL[1..].iter().map(|language| {
        format!("{language} {}", count(&|site| site.names.translations().get(*language).is_none()))
    });
    let missing: Vec<_> = missing.collect();
    let with_parts = count(&|site| !site.components.is_empty());
    let parts: usize = listed.iter().map(|site| site.components.len()).sum();
    let items = sites.iter().filter(|site| site.wikidata.is_some()).count();
    let without_parts = listed.iter().filter(|site| site.components.is_empty());
    let without_parts: Vec<_> = without_parts.map(|site| site.id.to_string()).collect();
    let notes = include_str!("../../data/notes.tsv").lines().count() - 1;
    let [by_component, by_centroid] =
        ["component", "centroid"].map(|rule| decided_points().filter(|point| point.rule == rule).count());
    let far = listed.iter().filter(|site| is_far(site)).count();
    let licence = include_str!("../../data/LICENSE");
    for said in [
        format!("sites.tsv       {} sites", listed.len()),
        format!("delisted.tsv    {} sites", sites.len() - listed.len()),
        format!("components.tsv  {parts} points"),
        format!("states.tsv      {} states", whc_core::site::states().len()),
        format!("wikidata.tsv    {items} Wikidata items"),
        format!("* {} areas are unknown", count(&|site| site.area.is_none())),
        format!("Names missing: {}.", missing.join(", ")),
        format!("* {} sites are marked in danger", count(&|site| site.danger.is_current())),
        format!(
            "Component points exist for {with_parts} sites; they are missing for sites {}",
            and(&without_parts)
        ),
        format!("* The {} sites with criteria_complete 0", count(&|site| !site.criteria_complete)),
        format!("points.tsv      {} points", decided_points().count()),
        format!(
            "place of points far from every component: {by_component} are that of the main component, {by_centroid} the"
        ),
        format!("of which {far} are\n    more than 20 km from every component too"),
        format!("notes.tsv       {notes} notes"),
    ] {
        assert!(licence.contains(&said), "{said}");
    }
}

#[tokio::test]
async fn sites_that_left_are_remembered() {
    let sites = MemorySites::embedded().unwrap();
    let gone = sites.list(&SiteQuery::ALL.with(|query| query.status = StatusFilter::Delisted)).await.unwrap();
    let superseded = gone.items.iter().filter(|site| site.status.superseded_by().is_some()).count();
    assert_eq!((gone.items.len() - superseded, superseded), (3, 1));
    assert!(gone.items.iter().all(|site| site.status != Status::Inscribed && site.status.left().is_some()));
}

/// A row of `points.tsv`: the point of the official files, and the rule of the one in its place.
struct Decided {
    id: u32,
    official: Point,
    rule: &'static str,
}

fn decided_points() -> impl Iterator<Item = Decided> {
    include_str!("../../data/points.tsv").lines().skip(1).map(|row| {
        let cells: Vec<_> = row.split('\t').collect();
        let official = Point::new(cells[1].parse().unwrap(), cells[2].parse().unwrap()).unwrap();
        Decided { id: cells[0].parse().unwrap(), official, rule: cells[3] }
    })
}

/// How far a point is from the nearest component.
fn from_components(point: Point, site: &Site) -> f64 {
    site.components.iter().map(|part| point.kilometres_to(part.point)).fold(f64::INFINITY, f64::min)
}

/// Whether the point is more than 20 km from every component, of which there are some.
fn is_far(site: &Site) -> bool {
    !site.components.is_empty() && site.point.is_some_and(|point| from_components(point, site) > 20.0)
}

fn and(names: &[String]) -> String {
    let (last, others) = names.split_last().unwrap();
    format!("{} and {last}", others.join(", "))
}

#[test]
fn no_point_is_far_from_every_component_unless_it_was_decided() {
    let field = "coordinates".parse().unwrap();
    for site in whc_core::site::embedded().unwrap().iter().filter(|site| is_far(site)) {
        let note = site.notes.get(field).unwrap_or_default();
        assert!(note.starts_with("The centroid of the components: "), "site {}: {note}", site.id);
    }
}

#[test]
fn decided_points_are_by_their_rule() {
    let sites = whc_core::site::embedded().unwrap();
    for Decided { id, official, rule } in decided_points() {
        let site = sites.iter().find(|site| site.id.get() == id).unwrap();
        let point = site.point.unwrap();
        assert!(from_components(official, site) > 20.0, "{id}: there was nothing to decide");
        match rule {
            "component" => assert!(site.components.iter().any(|part| part.point == point), "{id}"),
            _ => assert!(point.kilometres_to(centroid(site)) < 0.001, "{id}"),
        }
        let note = site.notes.get("coordinates".parse().unwrap()).unwrap();
        assert!(note.contains("Official files have longitude "), "{note}");
    }
}

/// The middle of the components on the sphere.
fn centroid(site: &Site) -> Point {
    let sum = site.components.iter().fold([0.0; 3], |sum: [f64; 3], part| {
        let (x, y) = (part.point.longitude().to_radians(), part.point.latitude().to_radians());
        [sum[0] + y.cos() * x.cos(), sum[1] + y.cos() * x.sin(), sum[2] + y.sin()]
    });
    let latitude = sum[2].atan2(sum[0].hypot(sum[1]));
    Point::new(sum[1].atan2(sum[0]).to_degrees(), latitude.to_degrees()).unwrap()
}

#[test]
fn every_note_is_on_a_field_of_a_site() {
    let sites = whc_core::site::embedded().unwrap();
    let noted: usize = sites.iter().map(|site| site.notes.iter().count()).sum();
    let rows = include_str!("../../data/notes.tsv").lines().count() - 1;
    assert_eq!(noted, rows + decided_points().count());
    let tyre = sites.iter().find(|site| site.id.get() == 299).unwrap();
    assert_eq!(tyre.danger.to_string(), "Y 2026");
    assert!(tyre.notes.get("danger".parse().unwrap()).unwrap().contains("inferred"));
}
