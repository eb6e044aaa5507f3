//! What is too little for the limits of a whole file: some rows side by side, one country, one factor, fewer digits.

use super::table::{Table, worse};
use super::*;

/// The list with three sites of a session to come, so that it changes what is known.
fn newer() -> Table {
    Table::embedded().with_new(3, 2027)
}

/// The table with the cells of some columns one row off, in the rows from 400 on.
fn slid(mut table: Table, columns: &[&str], rows: usize) -> Table {
    for column in columns {
        let at = table.column(column);
        let cells: Vec<_> = table.rows.iter().map(|row| row[at].clone()).collect();
        for row in 400..400 + rows {
            table.rows[row][at].clone_from(&cells[row + 1]);
        }
    }
    table
}

#[test]
fn some_rows_that_slid_are_refused() {
    for columns in [&["longitude", "latitude"][..], &["criteria_txt"], &["name_en"], &["area_hectares"]] {
        for known in [Known::embedded(), Known::default()] {
            let file = slid(newer(), columns, 12);
            let said =
                import::plan(&known.0, &read(&file.csv()), &Options::default()).unwrap_err().to_string();
            assert!(said.contains("of 20 neighbouring rows from row 40"), "{columns:?}: {said}");
            assert!(said.contains("(at most 7); nothing was changed"), "{columns:?}: {said}");
        }
        // A slip of few rows is none.
        let few = slid(newer(), columns, 3);
        assert!(import::plan(&Known::embedded().0, &read(&few.csv()), &Options::default()).is_ok());
    }
    // Nor does an export of ours slide.
    let lines: Vec<_> = Known::embedded()
        .0
        .windows(2)
        .take(20)
        .map(|pair| {
            format!("{{\"id\": {}, \"language\": \"en\", \"criteria\": {}}}\n", pair[0].id, {
                let criteria: Vec<_> =
                    pair[1].criteria.iter().map(|one| format!("\"{}\"", one.numeral())).collect();
                format!("[{}]", criteria.join(","))
            })
        })
        .collect();
    let said = refusal(lines.concat().as_bytes());
    assert!(said.contains("--accept-changes criteria"), "{said}");
}

#[test]
fn areas_in_another_unit_are_refused_be_it_for_one_country() {
    let mut table = newer();
    let [states, area] = ["states_name_en", "area_hectares"].map(|name| table.column(name));
    for row in table.rows.iter_mut().filter(|row| row[states] == "Mexico") {
        if let Ok(hectares) = row[area].parse::<f64>() {
            row[area] = (hectares / 100.0).to_string();
        }
    }
    let said = refusal(&table.csv());
    assert!(
        said.contains("area_hectares of 35 by the same factor or way, as a conversion has (at most 4)"),
        "{said}"
    );
}

#[test]
fn points_that_lie_some_kilometres_away_are_refused_below_a_quarter() {
    let mut table = newer();
    let latitude = table.column("latitude");
    for row in table.rows.iter_mut().step_by(13) {
        if let Ok(degrees) = row[latitude].parse::<f64>() {
            row[latitude] = (degrees * 0.99 + 0.123_456_789_123).to_string();
        }
    }
    let said = refusal(&table.csv());
    assert!(said.contains("coordinates of ") && said.contains("(at most 76)"), "{said}");
}

/// What lost digits does not replace what has them.
#[test]
fn fewer_digits_say_nothing_new() {
    let round = |text: &str| text.parse().map(|number: f64| format!("{number:.2}")).unwrap_or_default();
    let mut table = newer();
    for column in ["longitude", "latitude", "area_hectares"] {
        let at = table.column(column);
        table.rows.iter_mut().step_by(5).for_each(|row| row[at] = round(&row[at]));
    }
    for mut known in [Known::embedded(), Known::default()] {
        known.import(&table.csv());
        known.0.retain(|site| site.id.get() < 20_000);
        let worse = worse(&known);
        let of_places = worse.iter().filter(|fact| {
            ["coordinates", "area_hectares"]
                .iter()
                .any(|field| fact.contains(&format!(", {field}: ")) && !fact.contains(", notes: "))
        });
        assert_eq!(of_places.collect::<Vec<_>>(), Vec::<&String>::new());
    }
    // More digits, or others, do.
    let mut known = Known::embedded();
    known.import(&newer().set(2, "area_hectares", "375.2").csv());
    assert_eq!(known.site(2).area.map(whc_core::Hectares::get), Some(375.2));
}

#[test]
fn a_site_is_in_the_region_and_the_country_of_its_states() {
    let mut known = Known::embedded();
    let file = newer()
        .set(274, "region_en", "Africa")
        .set(274, "longitude", "139.7")
        .set(274, "latitude", "35.7")
        .set(20_001, "region_en", "Arab States")
        .set(20_002, "longitude", "139.7")
        .set(20_002, "latitude", "35.7");
    let plan = known.import(&file.csv());
    assert!(says(&plan, "site 20001, region: none of its states is in Arab States; the region is left out"));
    assert!(says(
        &plan,
        "site 20002, coordinates: the point is far from all sites of its states, and near those of JP"
    ));
    assert!(known.site(20_001).regions.is_empty() && known.site(20_001).point.is_some());
    assert!(known.site(20_002).point.is_none() && !known.site(20_002).regions.is_empty());
    known.0.retain(|site| site.id.get() < 20_000);
    assert_eq!(worse(&known), Vec::<String>::new());
    // Nor is one there of which no parts are known.
    let bare = |site: &Arc<Site>| Site { components: Vec::new().into(), ..Site::clone(site) };
    let mut known = Known::of(Known::embedded().0.iter().map(bare).collect());
    let point = known.site(274).point;
    known.import(&file.csv());
    assert_eq!(known.site(274).point, point);
    // An empty store has what is compiled in.
    let mut known = Known::default();
    let plan = known.import(&file.csv());
    assert!(says(
        &plan,
        "site 274, regions: the file has it where the site cannot be; what is compiled in is taken"
    ));
    known.0.retain(|site| site.id.get() < 20_000);
    assert_eq!(
        worse(&known).into_iter().filter(|fact| fact.contains("region")).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn an_item_of_wikidata_is_about_one_site() {
    let mut known = Known::embedded();
    let quito = known.site(2).wikidata.unwrap();
    let line = |id: u32, item: &str| {
        format!(
            "{{\"id\": {id}, \"language\": \"en\", \"name\": \"Site {id}\", \"category\": \"Natural\", \"date_inscribed\": 2027, \
             \"wikidata\": \"{item}\"}}\n"
        )
    };
    // One that no site has is the first's, as a cell that was filled down.
    let lines = [
        format!("{{\"id\": 3, \"language\": \"en\", \"wikidata\": \"{quito}\"}}\n"),
        line(20_001, "Q42"),
        line(20_002, "Q42"),
        line(20_003, &quito.to_string()),
    ];
    let plan = known.import(lines.concat().as_bytes());
    for (id, item, of) in
        [(3, quito.to_string(), 2), (20_002, "Q42".to_owned(), 20_001), (20_003, quito.to_string(), 2)]
    {
        let said = format!("site {id}, wikidata: {item} is about site {of}; it is left out");
        assert!(says(&plan, &said), "{said}: {:?}", plan.findings);
    }
    assert_eq!(known.site(20_001).wikidata.map(|item| item.to_string()).as_deref(), Some("Q42"));
    assert_eq!([3, 20_002, 20_003].map(|id| known.site(id).wikidata.is_some()), [true, false, false]);
}

/// Gaps that were filled with a mean, with the row above, or with one.
#[test]
fn what_nobody_knew_of_many_sites_is_refused() {
    let table = newer();
    let area = table.column("area_hectares");
    for value in [|_: usize| "422965.24".to_owned(), |row: usize| format!("{row}.5")] {
        let mut table = table.clone();
        for (row, cells) in table.rows.iter_mut().enumerate().filter(|(_, cells)| cells[area].is_empty()) {
            cells[area] = value(row);
        }
        for known in [Known::embedded(), Known::default()] {
            let said =
                import::plan(&known.0, &read(&table.csv()), &Options::default()).unwrap_err().to_string();
            assert!(
                said.contains("area_hectares of 10") && said.contains("of which nobody knew it (at most 25)"),
                "{said}"
            );
        }
    }
}

#[test]
fn what_many_sites_changed_alike_is_refused() {
    let every = |column: &'static str, change: fn(f64) -> f64| {
        let mut table = newer();
        let at = table.column(column);
        for row in table.rows.iter_mut().step_by(40) {
            row[at] = row[at].parse().map(|number| change(number).to_string()).unwrap_or_default();
        }
        table
    };
    for (table, field) in [
        (every("area_hectares", |area| area / 2.0), "area_hectares"),
        (every("area_hectares", |area| area * 1.5), "area_hectares"),
        (every("latitude", |degrees| degrees + 0.04), "coordinates"),
    ] {
        let said = refusal(&table.csv());
        assert!(
            said.contains(&format!("{field} of ")) && said.contains("by the same factor or way"),
            "{said}"
        );
    }
}

#[test]
fn the_years_and_categories_of_three_sites_may_change() {
    let changed = |column: &str, text: &str, count: usize| {
        let mut table = newer();
        let [at, category, extended, danger] =
            [column, "category", "secondary_dates", "danger_list"].map(|name| table.column(name));
        let plain = table
            .rows
            .iter_mut()
            .filter(|row| row[extended].is_empty() && row[danger].is_empty() && row[category] == "Natural");
        plain.step_by(30).take(count).for_each(|row| text.clone_into(&mut row[at]));
        import::plan(&Known::embedded().0, &read(&table.csv()), &Options::default())
    };
    for (column, text) in [("date_inscribed", "2024"), ("category", "Mixed")] {
        let plan = changed(column, text, 3).unwrap();
        let fields = plan.summary.changed.iter().flat_map(|site| &site.fields);
        assert_eq!(fields.filter(|change| change.field == column).count(), 3, "{column}");
        let said = changed(column, text, 4).unwrap_err().to_string();
        assert!(said.contains(&format!("{column} of 4 (at most 3)")), "{said}");
    }
}

/// A part of the changes that are impossible makes the rest of them doubtful.
#[test]
fn a_file_that_puts_many_sites_where_they_cannot_be_is_refused() {
    let mut table = newer();
    let [states, longitude] = ["states_name_en", "longitude"].map(|name| table.column(name));
    for row in table.rows.iter_mut().filter(|row| row[states] == "Portugal") {
        row[longitude] = row[longitude].trim_start_matches('-').to_owned();
    }
    let said = refusal(&table.csv());
    assert!(said.contains("coordinates of ") && said.contains("--accept-changes coordinates"), "{said}");
}
