//! `/api/downloads/whcsites.{format}`: the whole list as a file, at an address that stays.

use bytes::Bytes;
use http::header::{ACCEPT_RANGES, CONTENT_DISPOSITION, HeaderValue};
use http::{Request, Response};

use super::envelope::{Links, Meta};
use super::fields::Fields;
use super::fitting::Items;
use super::format::{self, Format};
use super::links::Link;
use super::listing::Listing;
use super::parameters::Parameters;
use super::problem::Problem;
use super::reading::Reading;
use super::validator::Representation;
use super::{kept, query, range};
use crate::app::App;
use crate::body::Body;
use crate::page::Window;
use crate::site::Language;

/// The parameters of a download.
pub(super) const NAMES: [&str; 3] = ["lang", "f", "status"];

/// What stands before the format.
const STEM: &str = "/api/downloads/whcsites.";

/// The format of the file at this path, if there is one.
pub(super) fn format(path: &str) -> Option<Format> {
    let name = path.strip_prefix(STEM)?;
    format::LIST.iter().copied().find(|format| format.name() == name)
}

/// The whole list in this format, or the part of it that the client does not have yet.
pub(super) async fn download(
    app: &App,
    request: &Request<Bytes>,
    format: Format,
) -> Result<Response<Body>, Problem> {
    let reading = Reading::begin(app).await?;
    let write = async || write(app, request, &reading, format).await;
    let whole = kept::answer(app, request, reading.version(), write).await?;
    range::part(request, whole)
}

async fn write(
    app: &App,
    request: &Request<Bytes>,
    reading: &Reading<'_>,
    format: Format,
) -> Result<Response<Body>, Problem> {
    let mut parameters = Parameters::parse(request.uri().query(), &NAMES);
    let representation = Representation::of(format, request.headers(), &mut parameters);
    let language = representation.language;
    let query = query::query(&mut parameters, language, Window::default());
    let (rest, filters) = (parameters.rest(&NAMES), parameters.rest(&["status"]));
    parameters.finish()?;

    let found = reading.whole(&query).await?;
    let listing = Listing { found: &found, query: &query, fields: &Fields::default() };
    let total = found.len() as u64;
    let path = format!("{STEM}{}", format.name());
    let links = Links::new(app, &path, &rest, &filters);
    let body = match format {
        Format::GeoJson => {
            let this = Link::new("self", links.this().to_owned(), "application/geo+json");
            listing.collection(total, &[this])?
        }
        _ => listing.body(format, &Meta::new(total, language), &links)?,
    };
    let mut response = format.response(language, body);
    Items::whole(found.len()).note(app, &mut response);
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.extend(attachment(format, language).map(|name| (CONTENT_DISPOSITION, name)));
    Ok(representation.conclude(app, reading, response).await?)
}

/// The file to save it as: `whcsites-fr.csv`.
fn attachment(format: Format, language: Language) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("attachment; filename=\"whcsites-{language}.{}\"", format.name())).ok()
}
