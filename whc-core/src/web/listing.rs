//! The sites of an answer as texts, one after the other.

use bytes::Bytes;
use serde::Serialize;

use super::fields::{Fields, presentation};
use super::format::Format;
use super::links::Link;
use super::pieces::Pieces;
use super::reading::Found;
use super::table;
use crate::body::Body;
use crate::error::Result;
use crate::repository::Texts;
use crate::site::SiteQuery;
use crate::site::json::{self, Form};

/// The sites found for a query, to be written with the keys that are wanted.
pub(super) struct Listing<'a> {
    pub(super) found: &'a Found<'a>,
    pub(super) query: &'a SiteQuery,
    pub(super) fields: &'a Fields,
}

impl Listing<'_> {
    /// As the document of a format, with what is said about the whole where that has a place for it.
    pub(super) fn body(&self, format: Format, meta: &impl Serialize, links: &impl Serialize) -> Result<Body> {
        let mut pieces = Pieces::default();
        match format {
            Format::Json | Format::GeoJson => {
                pieces.text("{\"data\":[");
                self.array(Form::Summary, &mut pieces);
                pieces.text("],\"meta\":");
                pieces.json(meta)?;
                pieces.text(",\"links\":");
                pieces.json(links)?;
                pieces.text("}");
            }
            Format::Csv => return Ok(table::write(self.found.iter(), self.query, self.fields)?.into()),
            Format::NdJson => self.lines(Form::Summary, "", &mut pieces),
            // Each after a record separator (RFC 8142).
            Format::GeoJsonSeq => self.lines(Form::Feature, "\u{1e}", &mut pieces),
        }
        Ok(pieces.into_body())
    }

    /// As a collection of features of `total` in all, with counts and links as OGC API Features has them.
    pub(super) fn collection(&self, total: u64, links: &[Link]) -> Result<Body> {
        let mut pieces = Pieces::default();
        pieces.text("{\"type\":\"FeatureCollection\",\"features\":[");
        self.array(Form::Feature, &mut pieces);
        pieces.text("],\"numberMatched\":");
        pieces.json(&total)?;
        pieces.text(",\"numberReturned\":");
        pieces.json(&self.found.len())?;
        pieces.text(",\"links\":");
        pieces.json(&links)?;
        pieces.text("}");
        Ok(pieces.into_body())
    }

    /// Writes them as the inside of a JSON array.
    pub(super) fn array(&self, form: Form, pieces: &mut Pieces) {
        if let Some((texts, positions)) = self.ready(form) {
            for (at, run) in positions.chunk_by(|one, next| one + 1 == *next).enumerate() {
                pieces.text(if at == 0 { "" } else { "," });
                pieces.shared(texts.run(run[0]..run[0] + run.len()));
            }
            return;
        }
        self.each(form, |at, text| {
            pieces.text(if at == 0 { "" } else { "," });
            pieces.shared(text);
        });
    }

    /// Writes each of them on a line, after `mark`.
    fn lines(&self, form: Form, mark: &str, pieces: &mut Pieces) {
        self.each(form, |_, text| {
            pieces.text(mark);
            pieces.shared(text);
            pieces.text("\n");
        });
    }

    fn each(&self, form: Form, mut write: impl FnMut(usize, Bytes)) {
        if let Some((texts, positions)) = self.ready(form) {
            for (at, position) in positions.iter().enumerate() {
                write(at, texts.run(*position..position + 1));
            }
            return;
        }
        let keys = self.fields.keys(self.query);
        for (at, site) in self.found.iter().enumerate() {
            let mut text = Vec::with_capacity(1024);
            json::write(site, form, &keys, presentation(self.query, site), &mut text);
            write(at, text.into());
        }
    }

    /// The texts as they are ready, where all of each is wanted and nothing more.
    fn ready(&self, form: Form) -> Option<(&Texts, &[usize])> {
        let whole = self.fields.are_all() && self.query.near.is_none();
        whole.then(|| self.found.texts(form, self.query.language)).flatten()
    }
}
