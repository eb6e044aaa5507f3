//! Feeds (Atom, RFC 4287): what changed in this list, and what is newly inscribed.

use std::time::{Duration, SystemTime};

use askama::Template;

use super::text::Text;
use crate::error::{Error, Result};
use crate::page::Window;
use crate::repository::ReadView;
use crate::site::{Change, ChangeQuery, Language, Order, Site, SiteId, SiteQuery, SortKey};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::timestamp;
use crate::web::problem::Problem;

/// How many entries a feed has.
const ENTRIES: u32 = 50;

/// The ids of the feeds, which never change.
const CHANGES: &str = "urn:uuid:4d2c1b2e-7f0a-4f6e-9b37-1d0c5a6e8f21";
const INSCRIPTIONS: &str = "urn:uuid:9e0b7a54-3c1d-4a8f-8d52-6f7b2c4e1a90";

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed<'a> {
    id: &'static str,
    title: &'static str,
    text: &'static Text,
    /// The path the service is mounted under.
    prefix: &'a str,
    /// Its own path.
    path: &'static str,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    path: String,
    updated: String,
    summary: String,
}

/// `/changes.atom`.
pub(crate) async fn changes(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let query = ChangeQuery { window: Window::new(ENTRIES, 0)?, ..ChangeQuery::default() };
    let history = view.sites().changes(&query).await?;
    let text = Text::of(Language::English);
    let entries = history.items.iter().map(|change| of_change(change, text)).collect();
    feed(context, view, (CHANGES, text.feed_of_changes, "/changes.atom"), entries)
}

/// `/inscriptions.atom`.
pub(crate) async fn inscriptions(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let window = Window::new(ENTRIES, 0)?;
    let newest = SiteQuery::default().with(|query| {
        query.sort = Some(Order::by_descending(SortKey::Inscribed));
        query.window = window;
    });
    let sites = view.sites().list(&newest).await?;
    let text = Text::of(Language::English);
    let entries = sites.items.iter().map(|site| of_site(site, text)).collect();
    feed(context, view, (INSCRIPTIONS, text.newest, "/inscriptions.atom"), entries)
}

fn feed(
    context: &Context<'_>,
    view: &ReadView<'_>,
    (id, title, path): (&'static str, &'static str, &'static str),
    entries: Vec<Entry>,
) -> Result<Answer, Problem> {
    let modified = view.version().modified();
    let updated = timestamp::to_text(modified.unwrap_or(SystemTime::UNIX_EPOCH));
    let prefix = context.app.web().public_path();
    let feed = Feed { id, title, text: Text::of(Language::English), prefix, path, updated, entries };
    let xml =
        feed.render().map_err(|error| Error::internal("a feed cannot be written").with_source(error))?;
    Ok(super::file("application/atom+xml; charset=utf-8", xml, modified))
}

fn of_change(change: &Change, text: &Text) -> Entry {
    let since = change.at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let (kind, name) = (text.kind_of(change.kind), change.name.as_deref().unwrap_or_default());
    Entry {
        id: urn(change.site, since),
        title: format!("{kind}: {name} ({})", change.site),
        path: format!("/sites/{}", change.site),
        updated: timestamp::to_text(change.at),
        summary: change.fields.join(", "),
    }
}

/// An inscription is known by its year, so its time is the beginning of that.
fn of_site(site: &Site, text: &Text) -> Entry {
    let states: Vec<_> = site.states.iter().map(|state| &*state.name).collect();
    Entry {
        id: urn(site.id, Duration::ZERO),
        title: site.names.english().to_owned(),
        path: format!("/sites/{}", site.id),
        updated: format!("{}-01-01T00:00:00Z", site.inscribed),
        summary: format!(
            "{}. {}",
            (text.kind)(site.category, 1, site.inscribed.get()),
            states.join(text.comma)
        ),
    }
}

/// The name of what happened to a site at a time, wherever it is read: a UUID of our own making (version 8, RFC 9562).
fn urn(site: SiteId, since: Duration) -> String {
    let micros = since.as_micros();
    let (high, low) = (micros >> 12 & 0xffff_ffff_ffff, micros & 0xfff);
    format!("urn:uuid:{:08x}-{:04x}-8{low:03x}-8000-{:012x}", high >> 16, high & 0xffff, site.get())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::urn;
    use crate::site::SiteId;

    #[test]
    fn names_tell_sites_and_times_apart() {
        let site = SiteId::new(1133).unwrap();
        assert_eq!(urn(site, Duration::ZERO), "urn:uuid:00000000-0000-8000-8000-00000000046d");
        assert_eq!(
            urn(site, Duration::from_micros(0x0012_3456_789a_bcde)),
            "urn:uuid:01234567-89ab-8cde-8000-00000000046d"
        );
    }
}
