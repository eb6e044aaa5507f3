//! Exports of this service, read again: nothing is lost that a format carries, and nothing else changes.

use whc_core::import::{Export, Source};
use whc_core::site::difference;
use whc_core::{Component, Language, Names, Site, SiteId, Translations};

use super::{Known, Options, Plan, import, read};
use crate::client::get;

/// The formats that the list can be downloaded in, as the description of the API names them: one that is added there has to
/// be read again too.
async fn formats() -> Vec<String> {
    let description = get("/api/openapi.json").await.into_body().into_bytes();
    let description: serde_json::Value = serde_json::from_slice(&description).unwrap();
    let paths = description["paths"].as_object().unwrap().keys();
    let formats: Vec<_> =
        paths.filter_map(|path| Some(path.strip_prefix("/api/downloads/whcsites.")?.to_owned())).collect();
    assert!(formats.len() >= 5, "{formats:?}");
    formats
}

async fn export(format: &str, query: &str) -> Vec<u8> {
    let path = format!("/api/downloads/whcsites.{format}?status=all&{query}");
    let response = get(&path).await;
    assert_eq!(response.status(), 200, "{path}");
    response.into_body().into_bytes().to_vec()
}

fn read_own(bytes: &[u8]) -> Export {
    let export = read(bytes);
    assert_eq!(export.source, Source::Whc);
    export
}

pub(super) fn planned(known: &Known, bytes: &[u8]) -> Plan {
    import::plan(&known.0, &read_own(bytes), &Options::default()).unwrap()
}

/// The site as a format that has names in one language shows it: that name, and the English one, which every site has.
fn named_in(language: Language, site: &Site) -> Names {
    let names = site.names.translations();
    let some = [Language::English, language].into_iter().filter_map(|one| Some((one, names.get(one)?)));
    some.collect::<Translations>().try_into().unwrap()
}

#[tokio::test]
async fn what_a_format_carries_comes_back_and_nothing_changes_where_it_is_known() {
    let (embedded, known) = (whc_core::site::embedded().unwrap(), Known::embedded());
    for (format, language) in
        formats().await.iter().flat_map(|format| Language::ALL.map(|language| (format, language)))
    {
        let bytes = export(format, &format!("lang={language}")).await;
        let plan = planned(&Known::default(), &bytes);
        assert_eq!(plan.sites.len(), embedded.len(), "{format} {language}");
        for (found, site) in plan.sites.iter().zip(&embedded) {
            let names = if format.ends_with("csv") { named_in(language, site) } else { site.names.clone() };
            let components = Vec::new().into();
            let bare = Site { names, components, ..site.clone() };
            let differing: Vec<_> = difference(site, &bare).iter().map(|change| change.field).collect();
            let notes: Vec<_> =
                site.notes.iter().filter(|(field, _)| !differing.contains(&field.as_str())).collect();
            assert_eq!(found.notes.iter().collect::<Vec<_>>(), notes, "{format} {language}");
            let found = Site { notes: site.notes.clone(), ..found.clone() };
            assert_eq!(found, bare, "{format} {language}");
        }
        assert_eq!(planned(&known, &bytes).sites, [], "{format} {language}");
    }
}

#[tokio::test]
async fn a_part_of_what_is_known_changes_nothing() {
    let known = Known::embedded();
    for format in &formats().await {
        for fields in ["components,names", "summary", "status", "name,language"] {
            let plan = planned(&known, &export(format, &format!("lang=fr&fields={fields}")).await);
            assert_eq!(plan.sites, [], "{format} {fields}");
            assert_eq!(plan.summary.unchanged, known.0.len(), "{format} {fields}");
        }
    }
    for style in [
        "flat=true",
        "flat=true&fields=components,states,regions,names,danger_past,extended",
        "geometry=components",
    ] {
        for format in ["geojson", "geojsonseq"] {
            assert_eq!(planned(&known, &export(format, style).await).sites, [], "{format} {style}");
        }
    }
    assert_eq!(planned(&known, &export("csv", "bom=true").await).sites, []);
    let one = get("/api/whcsites/148?fields=notes,curated").await.into_body().into_bytes();
    assert_eq!(planned(&known, &one).sites, []);
    let stored = serde_json::to_vec(&whc_core::site::embedded().unwrap()).unwrap();
    assert_eq!(planned(&known, &stored).sites, []);
    assert_eq!(planned(&Known::default(), &stored).sites, whc_core::site::embedded().unwrap());
}

#[tokio::test]
async fn a_part_changes_only_what_it_carries() {
    let stripped = |site: Site| {
        let (names, category, inscribed) =
            (Names::new("Another name").unwrap(), site.category, site.inscribed);
        Site {
            area: site.area,
            transboundary: !site.transboundary,
            ..Site::new(site.id, names, category, inscribed)
        }
    };
    let embedded = whc_core::site::embedded().unwrap();
    let known = Known::of(embedded.iter().cloned().map(stripped).collect());
    let accepting = Options::default().accepting(["danger", "extended"].map(|field| field.parse().unwrap()));
    for format in &formats().await {
        let fields = "components,extended,wikidata,danger,danger_list,danger_since,danger_past";
        let part = read_own(&export(format, &format!("fields={fields}")).await);
        let refused = import::plan(&known.0, &part, &Options::default()).unwrap_err();
        assert!(refused.is_refused() && refused.to_string().contains("danger"), "{refused}");
        let plan = import::plan(&known.0, &part, &accepting).unwrap();
        for changed in &plan.sites {
            let site = embedded.iter().find(|site| site.id == changed.id).unwrap();
            let countries = !format.ends_with("csv");
            let part = |part: &Component| Component { country: part.country.filter(|_| countries), ..*part };
            let expected = Site {
                components: site.components.iter().map(part).collect(),
                extended: site.extended.clone(),
                wikidata: site.wikidata,
                danger: site.danger.clone(),
                point: if format.starts_with("geojson") { site.point } else { None },
                ..stripped(site.clone())
            };
            assert_eq!(*changed, expected, "{format}");
        }
        assert!(plan.sites.len() > 1200, "{format}");
    }
}

#[tokio::test]
async fn descriptions_are_in_the_language_of_the_file_or_in_none() {
    let site = |description: &[(Language, &str)]| {
        let site = Known::some(&[2]).0.remove(0);
        let short_descriptions = description.iter().copied().collect();
        Known::of(vec![Site { short_descriptions, ..Site::clone(&site) }])
    };
    let line = r#"{"id":2,"name":"Ville de Quito","language":"fr","short_description":"La ville"}"#;
    let english = [(Language::English, "The town")];
    let both = [(Language::English, "The town"), (Language::French, "La ville")];
    let translated = planned(&site(&english), line.as_bytes()).sites;
    assert_eq!(translated[0].short_descriptions, both.into_iter().collect());
    // An English text in place of a translation.
    assert_eq!(planned(&site(&english), line.replace("La ville", "The town").as_bytes()).sites, []);
    // Nobody knows whether it is one.
    let unsure = planned(&site(&[]), line.as_bytes());
    assert_eq!(unsure.sites, []);
    assert!(
        unsure.findings.iter().any(|finding| finding.done.contains("in English first")),
        "{:?}",
        unsure.findings
    );
}

#[test]
fn the_key_of_before_is_read() {
    let old = "id,name,language,category,date_inscribed,status,left,superseded_by\r\n1998,New,en,Cultural,1980,delisted,2009,\r\n";
    let plan = planned(&Known::default(), old.as_bytes());
    assert_eq!(plan.sites[0].status.left().map(whc_core::Year::get), Some(2009));
    assert_eq!(plan.sites[0].id, SiteId::new(1998).unwrap());
}

#[tokio::test]
async fn what_is_cut_off_exchanged_or_of_another_year_is_refused() {
    for format in &formats().await {
        let whole = export(format, "").await;
        let cut = &whole[..whole.len() / 2];
        assert!(import::read(cut, None).is_err(), "{format}");
    }
    for format in ["json", "geojson"] {
        let then = export(format, "as_of=2008").await;
        let error = import::read(&then, None).unwrap_err();
        assert!(error.is_refused() && error.to_string().contains("as_of"), "{error}");
    }
    let csv = String::from_utf8(export("csv", "").await).unwrap();
    let (header, rows) = csv.split_once("\r\n").unwrap();
    let exchanged = header.replace("longitude,latitude", "latitude,longitude");
    let found = import::read(format!("{exchanged}\r\n{rows}").as_bytes(), None);
    assert!(found.is_err() || found.unwrap().source != Source::Whc);
}

#[tokio::test]
async fn sites_that_leave_or_have_other_numbers_in_bulk_are_refused() {
    let known = Known::embedded();
    let mut left = "id,status,year_left\n".to_owned();
    left.extend((1..6).map(|id| format!("{id},delisted,2020\n")));
    let refused = import::plan(&known.0, &read_own(left.as_bytes()), &Options::default()).unwrap_err();
    assert!(refused.to_string().contains("--accept-changes status"), "{refused}");
    // Of a whole list no more may leave than of a few sites.
    let inscribed: Vec<_> = known.0.iter().filter(|site| site.status.left().is_none()).collect();
    for (count, is_refused) in [(3, false), (4, true)] {
        let leaving = inscribed.iter().take(count).map(|site| format!("{},delisted,2020\n", site.id));
        let staying = inscribed.iter().skip(count).map(|site| format!("{},inscribed,\n", site.id));
        let file: Vec<_> =
            std::iter::once("id,status,year_left\n".to_owned()).chain(leaving).chain(staying).collect();
        let planned =
            import::plan(&known.0, &read_own(file.concat().as_bytes()), &Options::default()).map(|_| ());
        let said = planned.err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(said.contains("status of 4 (at most 3)"), is_refused, "{said}");
        assert_eq!(said.is_empty(), !is_refused, "{said}");
    }
    let bytes = export("csv", "fields=name,category,date_inscribed,language").await;
    let text = String::from_utf8(bytes).unwrap();
    let (header, rows) = text.split_once("\r\n").unwrap();
    let numbered = |count: usize| {
        let others = rows.lines().filter_map(|row| row.split_once(',')).zip(20_001..);
        let rows = others.take(count).map(|((_, row), id)| format!("{id},{row}\r\n"));
        format!("{header}\r\n{}", rows.collect::<String>())
    };
    for count in [2, 9] {
        let file = read_own(numbered(count).as_bytes());
        let refused = import::plan(&known.0, &file, &Options::default()).unwrap_err().to_string();
        assert!(refused.contains("no row can be used"), "{refused}");
    }
    let right: Vec<_> = rows.lines().skip(2).take(4).collect();
    let plan = planned(&known, format!("{}{}\r\n", numbered(2), right.join("\r\n")).as_bytes());
    assert_eq!(plan.sites, []);
    assert_eq!(
        plan.findings.iter().filter(|finding| finding.found.contains("has this name and year")).count(),
        2
    );
}

/// Numbers that a spreadsheet has moved: name, category, year and place are of another site.
#[tokio::test]
async fn rows_about_other_sites_are_skipped() {
    let text = String::from_utf8(export("csv", "").await).unwrap();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let ids: Vec<_> = lines[1..4].iter().map(|line| line.split_once(',').unwrap().0.to_owned()).collect();
    for (line, id) in lines[1..4].iter_mut().zip(ids.iter().cycle().skip(1)) {
        *line = format!("{id},{}", line.split_once(',').unwrap().1);
    }
    for known in [Known::embedded(), Known::default()] {
        let plan = planned(&known, format!("{}\r\n", lines.join("\r\n")).as_bytes());
        let skipped =
            plan.findings.iter().filter(|finding| finding.found.starts_with("the row is not about"));
        assert_eq!(skipped.count(), 3);
        assert!(plan.sites.iter().all(|site| site.id.get() > 3));
    }
}

#[test]
fn what_anybody_could_have_is_none_of_ours() {
    for file in ["id,name\n1,Aachen Cathedral\n", "id,category,danger\n1,Natural,false\n"] {
        let found = import::read(file.as_bytes(), None);
        assert!(found.is_err() || found.unwrap().source != Source::Whc, "{file}");
    }
    // An apostrophe is taken away where it was put in front of what would be a formula.
    let text = "id,name,language,category,date_inscribed\r\n1998,'-Old Town,en,Cultural,1980\r\n";
    let plan = planned(&Known::default(), text.as_bytes());
    assert_eq!(plan.sites[0].names.english(), "-Old Town");
}
