//! Lists of sites in every format, each with its envelope.

use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;

use super::fields::presentation;
#[cfg(feature = "pages")]
use super::image;
use super::link::Links;
#[cfg(feature = "pages")]
use super::map::ImageStyle;
use super::{BodyBuilder, Fields, Format, csv};
use crate::body::Body;
use crate::error::Result;
use crate::repository::{Snapshot, TextKind, Texts};
use crate::site::json::{self, FeatureStyle, Form};
use crate::site::{Site, SiteQuery};

/// The media type of a link to a collection of features.
const FEATURES: &str = "application/geo+json";

/// A list of sites to be written.
pub(crate) struct Listing<'a> {
    /// The sites.
    pub(crate) sites: &'a [Arc<Site>],
    /// The snapshot they come from, which has prepared texts.
    pub(crate) snapshot: Option<&'a Snapshot>,
    /// Their query: it has the language, and the point of distances.
    pub(crate) query: &'a SiteQuery,
    /// The fields to write.
    pub(crate) fields: &'a Fields,
    /// How features look.
    pub(crate) style: FeatureStyle,
    /// How an image looks, and the address below which the pages of sites are.
    #[cfg(feature = "pages")]
    pub(crate) image: (ImageStyle, String),
}

impl Listing<'_> {
    /// The document in a format, of `total` sites in all, with metadata and links where the format has a place for them.
    ///
    /// # Errors
    /// A site cannot be written.
    pub(crate) fn write(
        &self,
        format: Format,
        total: u64,
        meta: &impl Serialize,
        links: &impl Links,
    ) -> Result<Body> {
        let mut body = BodyBuilder::default();
        match format {
            // A page is written from its template, and has this in it nowhere.
            Format::Json | Format::Html => self.envelope(meta, links, &mut body)?,
            Format::GeoJson => self.collection(total, &links.list(FEATURES), &mut body)?,
            Format::Csv | Format::CsvWithBom => {
                let sites = self.sites.iter().map(Arc::as_ref);
                return Ok(csv::write(format.mark(), sites, self.query, self.fields)?.into());
            }
            Format::NdJson => self.lines(Form::Object, "", &mut body),
            // Each after a record separator (RFC 8142).
            Format::GeoJsonSeq => self.lines(Form::Feature, "\u{1e}", &mut body),
            #[cfg(feature = "pages")]
            Format::Svg => {
                let (style, sites_at) = &self.image;
                return Ok(image::write(self.sites, total, self.query, sites_at, *style).into());
            }
        }
        Ok(body.into_body())
    }

    /// The envelope of this API.
    fn envelope(&self, meta: &impl Serialize, links: &impl Serialize, body: &mut BodyBuilder) -> Result<()> {
        body.text("{\"data\":[");
        self.array(Form::Object, body);
        body.text("],\"meta\":");
        body.json(meta)?;
        body.text(",\"links\":");
        body.json(links)?;
        body.text("}");
        Ok(())
    }

    /// A collection of features, with counts and links as OGC API Features has them.
    fn collection(&self, total: u64, links: &impl Serialize, body: &mut BodyBuilder) -> Result<()> {
        body.text("{\"type\":\"FeatureCollection\",\"features\":[");
        self.array(Form::Feature, body);
        body.text("],\"numberMatched\":");
        body.json(&total)?;
        body.text(",\"numberReturned\":");
        body.json(&self.sites.len())?;
        body.text(",\"links\":");
        body.json(links)?;
        body.text("}");
        Ok(())
    }

    /// Writes the sites as the inside of a JSON array.
    pub(crate) fn array(&self, form: Form, body: &mut BodyBuilder) {
        if let Some((texts, positions)) = self.ready(form) {
            for (at, run) in positions.chunk_by(|one, next| one + 1 == *next).enumerate() {
                body.text(if at == 0 { "" } else { "," });
                body.shared(texts.run(run[0]..run[0] + run.len()));
            }
            return;
        }
        self.each(form, |at, text| {
            body.text(if at == 0 { "" } else { "," });
            body.shared(text);
        });
    }

    /// Writes each site on a line, after `mark`.
    fn lines(&self, form: Form, mark: &str, body: &mut BodyBuilder) {
        self.each(form, |_, text| {
            body.text(mark);
            body.shared(text);
            body.text("\n");
        });
    }

    fn each(&self, form: Form, mut write: impl FnMut(usize, Bytes)) {
        if let Some((texts, positions)) = self.ready(form) {
            for (at, position) in positions.iter().enumerate() {
                write(at, texts.run(*position..position + 1));
            }
            return;
        }
        let keys = if form == Form::Feature && self.style.flat {
            self.fields.columns(self.query)
        } else {
            self.fields.keys(self.query)
        };
        for (at, site) in self.sites.iter().enumerate() {
            let (mut text, presentation) = (Vec::with_capacity(1024), presentation(self.query, site));
            match form {
                Form::Object => json::write(site, form, &keys, presentation, &mut text),
                Form::Feature => json::write_feature(site, self.style, &keys, presentation, &mut text),
            }
            write(at, text.into());
        }
    }

    /// The prepared texts with the positions of the sites, where the fields are those of a group, no distance is needed and
    /// features look as they usually do.
    fn ready(&self, form: Form) -> Option<(&Texts, Vec<usize>)> {
        let usual = form != Form::Feature || self.style == FeatureStyle::default();
        let fields = self.fields.group().filter(|_| usual && self.query.near.is_none())?;
        let snapshot = self.snapshot?;
        let kind = TextKind { form, fields, language: self.query.language };
        let texts = snapshot.texts(kind, self.sites.len())?;
        Some((texts, snapshot.positions(self.sites)?))
    }
}
