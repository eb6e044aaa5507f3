//! The list as XML: a root that counts its rows, rows of elements, and in the newest shape points inside them.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::row::{Listing, RawPoint, Row};
use crate::error::{Error, Result};
use crate::import::MAX_ROWS;
use crate::import::bounds::refuse_items;
use crate::import::finding::shortened;

/// Reads `<query rows="…"><row>…</row>…</query>`.
pub(super) fn read(text: &str) -> Result<Listing> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut document = Document::default();
    loop {
        let event = reader.read_event().map_err(|error| {
            let at = reader.error_position();
            Error::refused(format!("the XML breaks off or is damaged at byte {at}")).with_source(error)
        })?;
        match event {
            Event::Start(element) => document.open(&element)?,
            Event::End(_) => document.close()?,
            Event::Empty(element) => {
                document.open(&element)?;
                document.close()?;
            }
            Event::Text(text) => document.text.push_str(&text),
            Event::CData(text) => document.text.push_str(&text),
            Event::GeneralRef(reference) => document.refer(&reference)?,
            Event::DocType(_) => {
                let message =
                    "the XML has a DOCTYPE, which no export has; remove it, with the entities it defines";
                return Err(Error::refused(message));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return document.finish(),
        }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Document {
    rows: Listing,
    /// The names of the elements that are open.
    path: Vec<String>,
    root: String,
    /// The text since the innermost field began.
    text: String,
    row: Row,
    point: RawPoint,
    /// How many there were.
    points: usize,
    complete: bool,
}

/// More than any export needs. A deeper nesting is an attack on memory.
const MAX_DEPTH: usize = 32;

impl Document {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<()> {
        if self.complete || self.path.len() == MAX_DEPTH {
            return Err(Error::invalid("the XML has a second root, or elements nested too deep"));
        }
        let name = element.local_name().as_ref().to_ascii_lowercase();
        match self.path.len() {
            0 if ["rss", "feed", "rdf"].contains(&name.as_str()) => {
                let message = "the file is a news feed, not an export: https://whc.unesco.org/en/list/xml/ has the list";
                return Err(Error::invalid(message));
            }
            0 => {
                self.rows.claimed = claimed_rows(element);
                self.root.clone_from(&name);
            }
            1 if self.rows.rows.len() == MAX_ROWS => {
                return Err(Error::refused(format!("the XML has more than {MAX_ROWS} rows")));
            }
            1 => self.row = Row::new(self.rows.rows.len() + 1),
            2 => {
                self.text.clear();
                self.rows.know_column(&name);
            }
            _ if name == "poi" => {
                self.points += 1;
                refuse_items(self.points)?;
                self.point = RawPoint::default();
            }
            _ if self.in_point() => self.text.clear(),
            _ => {}
        }
        self.path.push(name);
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let name = self.path.pop().ok_or_else(|| Error::invalid("the XML closes more than it opened"))?;
        match self.path.len() {
            0 => self.complete = true,
            1 if name == "row" => self.rows.rows.push(std::mem::take(&mut self.row)),
            2 => self.row.put(&name, &self.text),
            _ if name == "poi" => self.row.points.push(std::mem::take(&mut self.point)),
            _ if self.in_point() => {
                let text = self.text.trim().to_owned();
                match name.as_str() {
                    "latitude" => self.point.latitude = text,
                    "longitude" => self.point.longitude = text,
                    "iso2" => self.point.country = text,
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn in_point(&self) -> bool {
        self.path.last().is_some_and(|name| name == "poi")
    }

    /// Numeric character references and the five entities of XML; those of HTML are left for [`clean`](super::clean).
    fn refer(&mut self, reference: &BytesRef<'_>) -> Result<()> {
        let damaged = |error| Error::invalid("the XML has a damaged character reference").with_source(error);
        if let Some(c) = reference.resolve_char_ref().map_err(damaged)? {
            self.text.push(c);
            return Ok(());
        }
        if let Some(text) = quick_xml::escape::resolve_predefined_entity(reference) {
            self.text.push_str(text);
            return Ok(());
        }
        let entity = format!("&{};", &**reference);
        if html_escape::decode_html_entities(&entity) == entity {
            let message =
                format!("the XML has an entity \"{entity}\" without a meaning: was it cut or converted?");
            return Err(Error::refused(message));
        }
        self.text.push_str(&entity);
        Ok(())
    }

    fn finish(self) -> Result<Listing> {
        if !self.complete {
            let message = match self.path.last() {
                Some(name) => {
                    let name = shortened(name);
                    format!("the XML ends inside <{name}>: it is only the start of an export")
                }
                None => "the XML has no elements".to_owned(),
            };
            return Err(Error::refused(message));
        }
        if self.rows.rows.is_empty() {
            let root = shortened(&self.root);
            let message = format!(
                "the XML has no <row> in its <{root}>: it is no list of whc.unesco.org, which \
                 https://whc.unesco.org/en/list/xml/ has"
            );
            return Err(Error::refused(message));
        }
        Ok(self.rows)
    }
}

/// The `rows` attribute is right, unlike `columns`.
fn claimed_rows(root: &BytesStart<'_>) -> Option<usize> {
    root.try_get_attribute("rows").ok().flatten()?.value.trim().parse().ok()
}
