//! The embedded list as the statistics of whc.unesco.org have it, and whether an import left every fact as good as it was.

use std::sync::Arc;

use whc_core::site::{difference, embedded};
use whc_core::{Language, Site, Status};

use super::Known;

/// A table that can be spoilt before it is written.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// The embedded list, without what left it.
    pub(super) fn embedded() -> Self {
        Self::of(embedded().unwrap().iter())
    }

    /// These sites, without those that left the list.
    pub(super) fn of<'a>(sites: impl Iterator<Item = &'a Site>) -> Self {
        let names = Language::ALL.map(|language| format!("name_{language}"));
        let facts = "id_no,date_inscribed,secondary_dates,danger,danger_list,longitude,latitude,area_hectares,criteria_txt,\
                     category,states_name_en,region_en,iso_code,transboundary";
        let header = facts.split(',').map(str::to_owned).chain(names).collect();
        let listed = sites.filter(|site| site.status == Status::Inscribed);
        Self { header, rows: listed.map(row).collect() }
    }

    pub(super) fn column(&self, name: &str) -> usize {
        self.header.iter().position(|column| column == name).unwrap()
    }

    /// The table after every cell of a column was changed.
    pub(super) fn with(mut self, column: &str, change: impl Fn(&str) -> String) -> Self {
        let at = self.column(column);
        self.rows.iter_mut().for_each(|row| row[at] = change(&row[at]));
        self
    }

    /// The table with another text in a cell.
    pub(super) fn set(mut self, id: u32, column: &str, text: &str) -> Self {
        let (id_no, at) = (self.column("id_no"), self.column(column));
        let row = self.rows.iter_mut().find(|row| row[id_no] == id.to_string()).unwrap();
        text.clone_into(&mut row[at]);
        self
    }

    /// The table with `count` invented sites of `year` behind it, numbered from 20001 on.
    pub(super) fn with_new(mut self, count: u32, year: u16) -> Self {
        let [id, name, inscribed] = ["id_no", "name_en", "date_inscribed"].map(|name| self.column(name));
        let translated =
            ["name_fr", "name_es", "name_ru", "name_ar", "name_zh"].map(|name| self.column(name));
        for new in 0..count {
            let mut row = self.rows[2].clone();
            for column in translated {
                row[column].clear();
            }
            row[id] = (20_001 + new).to_string();
            row[name] = format!("Site {new}");
            row[inscribed] = year.to_string();
            self.rows.push(row);
        }
        self
    }

    /// The table with the headers of two columns swapped.
    pub(super) fn swapped(mut self, one: &str, other: &str) -> Self {
        let (one, other) = (self.column(one), self.column(other));
        self.header.swap(one, other);
        self
    }

    /// The table with another name for a column.
    pub(super) fn renamed(mut self, from: &str, to: &str) -> Self {
        let at = self.column(from);
        to.clone_into(&mut self.header[at]);
        self
    }

    /// These columns only.
    pub(super) fn only(self, columns: &[&str]) -> Self {
        let places: Vec<_> = columns.iter().map(|name| self.column(name)).collect();
        let pick = |row: &Vec<String>| places.iter().map(|at| row[*at].clone()).collect::<Vec<_>>();
        Self { header: pick(&self.header), rows: self.rows.iter().map(pick).collect() }
    }

    pub(super) fn csv(&self) -> Vec<u8> {
        let line = |cells: &Vec<String>| {
            let cells: Vec<_> =
                cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            cells.join(",")
        };
        let lines: Vec<_> = std::iter::once(&self.header).chain(&self.rows).map(line).collect();
        format!("{}\n", lines.join("\n")).into_bytes()
    }
}

fn row(site: &Site) -> Vec<String> {
    let flag = |flag: bool| u8::from(flag).to_string();
    let years: Vec<_> = site.extended.iter().map(ToString::to_string).collect();
    let states: Vec<_> = site.states.iter().map(|state| state.name.to_string()).collect();
    let codes: Vec<_> = site.countries().map(|code| code.to_string()).collect();
    let point =
        |value: fn(whc_core::Point) -> f64| site.point.map(value).map(|x| x.to_string()).unwrap_or_default();
    let facts = [
        site.id.to_string(),
        site.inscribed.to_string(),
        years.join(","),
        flag(site.danger.is_current()),
        site.danger.to_string(),
        point(whc_core::Point::longitude),
        point(whc_core::Point::latitude),
        site.area.map(|area| area.get().to_string()).unwrap_or_default(),
        site.criteria.to_string(),
        site.category.name().to_owned(),
        states.join(","),
        site.regions.to_string().replace(", ", ","),
        codes.join(","),
        flag(site.transboundary),
    ];
    let names =
        Language::ALL.map(|language| site.names.translations().get(language).unwrap_or_default().to_owned());
    facts.into_iter().chain(names).collect()
}

/// What is worse than in the embedded list: a fact that is otherwise, a site that is not there.
pub(super) fn worse(after: &Known) -> Vec<String> {
    let sites: Vec<_> = after.0.iter().map(|site| Site::clone(site)).collect();
    worse_than(&Known::embedded().0, &sites)
}

/// What is worse in `after` than it was before.
pub(super) fn worse_than(before: &[Arc<Site>], after: &[Site]) -> Vec<String> {
    let mut worse = Vec::new();
    for site in after {
        let Ok(at) = before.binary_search_by_key(&site.id, |known| known.id) else {
            worse.push(format!("site {} was added: {}", site.id, site.names.english()));
            continue;
        };
        let known = &before[at];
        let facts = difference(known, site).into_iter().filter(|change| {
            let open = change.field.starts_with("criteria") && !known.criteria_complete;
            // Nothing there is a fact too: it is not in danger, it was not extended.
            let known = !change.before.is_empty() || ["danger", "extended"].contains(&change.field);
            known && change.before != "0 parts" && !open
        });
        worse.extend(facts.map(|change| {
            format!("site {}, {}: {} became {}", site.id, change.field, change.before, change.after)
        }));
    }
    worse
}
