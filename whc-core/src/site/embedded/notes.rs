//! Notes on the facts compiled in, and the points of the sources that are replaced there.

use super::table::{ById, Row, Table};
use crate::error::{Error, Result};
use crate::site::Notes;
#[cfg(feature = "import")]
use crate::site::{Point, SiteId};

pub(super) const NOTES: Table =
    Table { name: "notes.tsv", columns: &["id field note"], text: include_str!("../../../data/notes.tsv") };

/// Points of the sources that are more than 20 km from every component of their site. `sites.tsv` has another in place of
/// each, by the rule: that of the main component, else the centroid of all.
pub(super) const POINTS: Table = Table {
    name: "points.tsv",
    columns: &["id longitude latitude rule reason"],
    text: include_str!("../../../data/points.tsv"),
};

/// Reads the notes of one site after another, by ascending ids.
pub(super) struct NotesById {
    notes: ById,
    points: ById,
}

impl NotesById {
    pub(super) fn new() -> Result<Self> {
        Ok(Self { notes: NOTES.by_id()?, points: POINTS.by_id()? })
    }

    pub(super) fn take(&mut self, id: u32) -> Result<Notes> {
        let notes = self.notes.take(id)?.1.read(|row| Ok((row.text(), row.text().to_owned())))?;
        let point = self.points.take(id)?.1.read(on_point)?;
        Ok(Notes::known(notes.into_iter().chain(point)))
    }
}

/// What is said of a point that another one stands for.
fn on_point(row: &mut Row) -> Result<(&'static str, String)> {
    let (longitude, latitude, rule, reason) = (row.text(), row.text(), row.text(), row.text());
    let chosen = match rule {
        "component" => "The point of the main component",
        "centroid" => "The centroid of the components",
        _ => return Err(Error::internal(format!("there is no rule \"{rule}\""))),
    };
    let note = format!(
        "{chosen}: {reason}. Official files have longitude {longitude} and latitude {latitude}, more than 20 km from \
         every component."
    );
    Ok(("coordinates", note))
}

/// The point of official files that another one replaces in the list compiled in.
#[cfg(feature = "import")]
pub(crate) fn replaced_point(site: SiteId) -> Option<Point> {
    let rows = POINTS.by_id().ok()?.take(site.get()).ok()?.1;
    rows.read(|row| Point::new(row.value()?, row.value()?)).ok()?.pop()
}
