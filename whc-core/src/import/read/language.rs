//! The language of a file, told by the names of sites that are known.

use super::clean::clean;
use super::field::Field;
use super::record;
use super::row::{Listing, Row};
use crate::error::{Error, Result};
use crate::import::basis::compiled_in;
use crate::import::finding::Findings;
use crate::site::{Language, Site};

/// How many names tell a language: one or two may be the same in several, or have changed.
const SEVERAL: usize = 3;

/// Moves names without a language to the one they are in, and the descriptions with them.
///
/// # Errors
/// Refused is a file with a column of names that says another language than they are in.
pub(super) fn settle(rows: &mut Listing, findings: &mut Findings) -> Result<()> {
    for told in Language::ALL {
        let Some(found) = found(rows, told)? else { continue };
        if told != Language::English || rows.columns.iter().any(|name| name == Field::Name(told).name()) {
            let (column, found) = (Field::Name(told).name(), name(found));
            return Err(Error::refused(format!(
                "the column {column} has names in {found}: are columns exchanged? Give it its right name, or fetch the \
                 file again; nothing was changed"
            )));
        }
        for row in &mut rows.rows {
            // Where there is no translation, the channel has the English name.
            let english = known(row)?.is_some_and(|site| {
                row.get(Field::Name(told)).is_some_and(|name| clean(name) == site.names.english())
            });
            if !english {
                row.translate(found);
            }
        }
        let what = format!("the names are in {}", name(found));
        findings.note(None, what, "read as that; states and regions in words are not read");
        return Ok(());
    }
    Ok(())
}

/// The language that the names of a column are in, where it is another than they are said to be in.
fn found(rows: &Listing, told: Language) -> Result<Option<Language>> {
    let mut own = 0;
    let mut other = Language::ALL.map(|language| (language, 0));
    for row in &rows.rows {
        let Some((site, text)) = known(row)?.zip(row.get(Field::Name(told))) else { continue };
        let text = clean(text);
        let has = |language| site.names.translations().get(language) == Some(&*text);
        own += usize::from(has(told));
        for (language, count) in &mut other {
            *count += usize::from(has(*language) && !has(told));
        }
    }
    let most = other.into_iter().max_by_key(|(_, count)| *count);
    Ok(most.filter(|(_, count)| *count >= SEVERAL && *count > own).map(|(language, _)| language))
}

/// How many names with letters beyond ASCII are those that are known, and how many there are of known sites.
pub(super) fn agreement(rows: &Listing) -> Result<(usize, usize)> {
    let (mut agreeing, mut all) = (0, 0);
    for row in &rows.rows {
        let Some(site) = known(row)? else { continue };
        for language in Language::ALL {
            let Some(text) = row.get(Field::Name(language)).map(clean) else { continue };
            if let Some(known) = site.names.translations().get(language).filter(|_| !text.is_ascii()) {
                all += 1;
                agreeing += usize::from(known == text);
            }
        }
    }
    Ok((agreeing, all))
}

/// The site of a row in the list compiled in.
fn known(row: &Row) -> Result<Option<&'static Site>> {
    let Ok(id) = record::id(row) else { return Ok(None) };
    compiled_in(id)
}

fn name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::French => "French",
        Language::Spanish => "Spanish",
        Language::Russian => "Russian",
        Language::Arabic => "Arabic",
        Language::Chinese => "Chinese",
    }
}
