//! What is not what it seems: other keys, exchanged columns, rows about other sites, years to come.

use whc_core::{Point, SiteId};

use super::table::{Table, worse};
use super::*;

#[test]
fn a_number_and_a_name_are_no_file_of_unesco() {
    let said = refusal(&csv("id,name", &["1,Aachen Cathedral", "2,Aapravasi Ghat"]));
    assert!(said.contains("a column \"id\" alone may count anything"), "{said}");
    assert!(said.contains("id_no (XLS, XLSX, CSV)"), "{said}");
}

#[test]
fn exchanged_and_emptied_columns_are_refused_by_name() {
    let table = Table::embedded;
    let by_number = {
        let mut table = table().only(&["id_no", "name_en", "category"]);
        let mut names: Vec<_> = table.rows.iter().map(|row| row[1].clone()).collect();
        names.sort();
        table.rows.iter_mut().zip(names).for_each(|(row, name)| row[1] = name);
        table
    };
    for (spoilt, field) in [
        (table().swapped("longitude", "latitude"), "coordinates"),
        (table().swapped("danger", "transboundary"), "danger"),
        (table().swapped("name_en", "states_name_en"), "name_en"),
        (table().swapped("date_inscribed", "area_hectares"), "area_hectares"),
        (table().with("criteria_txt", |_| "(i)".to_owned()), "criteria"),
        (table().with("criteria_txt", |text| format!("(i){text}")), "criteria"),
        (
            table()
                .with("category", |text| if text == "Natural" { "Cultural" } else { "Natural" }.to_owned()),
            "category",
        ),
        (table().with("transboundary", |_| "0".to_owned()), "transboundary"),
        (table().with("date_inscribed", |_| "1999".to_owned()), "date_inscribed"),
        (table().with("name_en", str::to_uppercase), "name_en"),
        (by_number, "name_en"),
    ] {
        let said = refusal(&spoilt.csv());
        assert!(said.contains(&format!("{field} of ")), "{field}: {said}");
        assert!(said.contains(&format!("--accept-changes {field}")), "{field}: {said}");
    }
}

/// The list with three sites of a session to come, so that it changes what is known.
fn newer() -> Table {
    Table::embedded().with_new(3, 2027)
}

/// Points of which the minutes became decimals, or whole degrees, and areas in another unit: each site changes a little.
#[test]
fn what_changes_a_little_everywhere_is_refused() {
    let minutes = |degrees: &str| {
        let degrees: f64 = degrees.parse().unwrap_or_default();
        format!("{}", degrees.trunc() + degrees.fract() * 0.6)
    };
    let whole = |degrees: &str| degrees.split('.').next().unwrap_or_default().to_owned();
    let two_digits =
        |degrees: &str| degrees.parse().map(|degrees: f64| format!("{degrees:.2}")).unwrap_or_default();
    let larger = |area: &str| area.parse().map(|area: f64| format!("{}", area * 1.9)).unwrap_or_default();
    for (table, field) in [
        (newer().with("longitude", minutes).with("latitude", minutes), "coordinates"),
        (newer().with("longitude", whole).with("latitude", whole), "coordinates"),
        (newer().with("longitude", two_digits).with("latitude", two_digits), "coordinates"),
        (newer().with("area_hectares", larger), "area_hectares"),
    ] {
        let said = refusal(&table.csv());
        assert!(said.contains(&format!("--accept-changes {field}")), "{said}");
    }
    let known = Known::embedded();
    let plan = import::plan(&known.0, &read(&newer().csv()), &Options::default()).unwrap();
    assert_eq!(plan.summary.added.len(), 3, "only what is spoilt is refused");
    let points = known.0.iter().filter_map(|site| Some((site.id, site.point?)));
    let whole =
        |(id, point): (SiteId, Point)| format!("{id},en,{:.0},{:.0}\n", point.longitude(), point.latitude());
    let ours: Vec<_> =
        std::iter::once("id,language,longitude,latitude\n".to_owned()).chain(points.map(whole)).collect();
    let ours = ours.concat();
    let said = refusal(ours.as_bytes());
    assert!(said.contains("--accept-changes coordinates"), "{said}");
}

#[test]
fn a_row_about_another_site_is_skipped() {
    let mut table = Table::embedded();
    let id = table.column("id_no");
    "3".clone_into(&mut table.rows[0][id]);
    table.rows.remove(2);
    let (_, plan) = harmless(&table.csv());
    assert!(says(&plan, "site 3, id_no: the row is not about Aachen Cathedral; the row is skipped"));
    let mut table = Table::embedded();
    "20001".clone_into(&mut table.rows[0][id]);
    let (_, plan) = harmless(&table.csv());
    assert!(says(&plan, "site 1 has this name and year; the row is skipped"));
    for (column, name) in [("name_en", "Gal?pagos Islands"), ("name_fr", "ILES GALAPAGOS")] {
        let mut table = table.clone().only(&["id_no", column, "date_inscribed", "category"]);
        table.rows[0][1] = name.to_owned();
        let (_, plan) = harmless(&table.csv());
        assert!(says(&plan, "site 1 has this name and year; the row is skipped"), "{name}");
    }
    table.rows.iter_mut().for_each(|row| row[id] = (row[id].parse::<u32>().unwrap() + 30_000).to_string());
    assert!(refusal(&table.csv()).contains("no row can be used"));
}

/// Of its name, year, category, state and place a site may change one and be the same.
#[test]
fn a_row_of_which_two_things_are_of_another_site_is_about_that() {
    let header = "id_no,name_en,date_inscribed,category,iso_code,longitude,latitude";
    let right = ["Aachen Cathedral", "1978", "Cultural", "de", "6.08444,50.77444"];
    let wrong = ["Elsewhere", "1979", "Mixed", "fr", "16.08444,50.77444"];
    for (one, other) in (0..right.len()).flat_map(|one| (0..=one).map(move |other| (one, other))) {
        let mut cells = right;
        (cells[one], cells[other]) = (wrong[one], wrong[other]);
        let file = csv(header, &["1,Galápagos Islands,1978,Natural,ec,,", &format!("3,{}", cells.join(","))]);
        let plan = Known::some(&[1, 3]).import(&file);
        let said = says(&plan, "the row is not about Aachen Cathedral; the row is skipped");
        assert_eq!(said, one != other, "{cells:?}");
    }
}

#[test]
fn a_name_that_the_file_takes_from_one_site_it_may_give_to_another() {
    let header = "id_no,name_en,date_inscribed,category";
    let mut known = Known::default();
    known.import(&csv(header, &["9001,Old Town,1980,Cultural"]));
    // The new site comes before the row that frees its name.
    let newer = [
        "9002,Old Town,1980,Cultural",
        "9001,Old and New Town,1980,Cultural",
        "9005,Elsewhere,1990,Cultural",
    ];
    let plan = known.import(&csv(header, &newer));
    let added: Vec<_> = plan.summary.added.iter().map(|site| site.id.get()).collect();
    assert_eq!(added, [9002, 9005]);
    assert_eq!(known.site(9001).names.english(), "Old and New Town");
    let double = ["9004,Old and New Town,1980,Cultural", "9001,Old and New Town,1980,Cultural"];
    let plan = known.import(&csv(header, &double));
    assert!(says(&plan, "row 2, site 9004, id_no: site 9001 has this name and year; the row is skipped"));
}

#[test]
fn rows_that_all_have_one_number_are_refused() {
    let said = refusal(&Table::embedded().with("id_no", |_| "1900".to_owned()).csv());
    assert!(said.contains("are about a site that a row before is about"), "{said}");
}

#[test]
fn the_future_is_no_fact() {
    let file = newer()
        .set(1, "date_inscribed", "2124")
        .set(1, "secondary_dates", "2088")
        .set(1, "danger", "1")
        .set(1, "danger_list", "Y 2099");
    let mut known = Known::embedded();
    let plan = known.import(&file.csv());
    known.0.retain(|site| site.id.get() < 20_000);
    assert_eq!(worse(&known), Vec::<String>::new());
    for part in ["2124 is after", "2088 is after", "2099 is after"] {
        assert!(says(&plan, part), "{part}");
    }
    let header = "id_no,name_en,date_inscribed,secondary_dates,category,danger,danger_list";
    let mut known = Known::default();
    let error =
        import::plan(&known.0, &read(&csv(header, &["9001,New,2124,,Natural,,"])), &Options::default());
    assert!(error.unwrap_err().to_string().contains("no row can be used"));
    known.import(&csv(header, &["9001,New,2024,,Natural,,"]));
    assert_eq!(known.site(9001).inscribed.get(), 2024);
}

#[test]
fn what_is_only_partly_understood_reduces_nothing() {
    let fields = ["criteria", "states", "extended", "regions"].map(|field| field.parse().unwrap());
    let accepting = Options::default().accepting(fields);
    let file = Table::embedded()
        .set(33, "criteria_txt", "(ix)(xx)")
        .set(33, "iso_code", "BY,p1")
        .set(33, "secondary_dates", "2014,x")
        .set(33, "region_en", "Africa,Elsewhere");
    let mut known = Known::embedded();
    known.import_with(&read(&file.csv()), &accepting);
    assert_eq!(worse(&known), Vec::<String>::new());
}
