//! The statement that has all facts of each site, made from the table of columns.

use super::rows::{Columns, Rows};
use super::{Place, Table};

/// The statement being made.
#[derive(Default)]
struct Select {
    items: Vec<String>,
    joins: Vec<String>,
}

/// Selects the columns of these places and `others`, one row a site. The rows of other tables are arrays, one a column; each keeps the
/// order its field has in [`Site`](crate::site::Site).
pub(super) fn statement(places: impl Iterator<Item = &'static Place>, others: &str) -> String {
    let mut select = Select::default();
    for place in places {
        let columns = (place.columns)(Rows::new("site", &[])).columns;
        select.items.extend(columns.names().map(|name| format!("site.{name}")));
        if let Some(table) = &place.table {
            select.add_table(table);
        }
    }
    format!("SELECT {}{others} FROM whc.site AS site {}", select.items.join(", "), select.joins.join(" "))
}

impl Select {
    fn add_table(&mut self, table: &Table) {
        let columns = (table.rows)(Rows::new(table.name, &[]));
        let names: Vec<_> = columns.names().collect();
        match *names {
            [name] => self.add_array(table.name, name, &columns),
            _ => self.add_aggregates(table.name, &names, &columns),
        }
    }

    /// One column needs no aggregate, which would cost a little more.
    fn add_array(&mut self, table: &str, name: &str, columns: &Columns<'_>) {
        let order = order(columns);
        let rows = format!("SELECT {name} FROM whc.{table} WHERE site_id = site.id{order}");
        self.items.push(format!("ARRAY({rows}) AS {table}_{name}"));
    }

    /// Several come from one look at the rows.
    fn add_aggregates(&mut self, table: &str, names: &[&str], columns: &Columns<'_>) {
        let order = order(columns);
        let arrays: Vec<_> =
            names.iter().map(|name| format!("array_agg({name}{order}) AS {table}_{name}")).collect();
        let arrays = arrays.join(", ");
        self.items.extend(names.iter().map(|name| format!("{table}.{table}_{name}")));
        let rows = format!("SELECT {arrays} FROM whc.{table} WHERE site_id = site.id");
        self.joins.push(format!("CROSS JOIN LATERAL ({rows}) AS {table}"));
    }
}

fn order(columns: &Columns<'_>) -> &'static str {
    if columns.is_ordered() { " ORDER BY position" } else { "" }
}

#[cfg(test)]
mod tests {
    use crate::repository::postgres::columns::{places, select};

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let statement = select::statement(places(), "");
        let (items, _) = statement.split_once(" FROM whc.site AS site CROSS").unwrap();
        let name = |item: &str| item.rsplit(['.', ' ']).next().unwrap().to_owned();
        let names: Vec<_> = items.trim_start_matches("SELECT ").split(", ").map(name).collect();
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(names.len(), different.len(), "{names:?}");
    }
}
