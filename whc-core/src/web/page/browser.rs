//! What browsers ask for beside pages: the icon, the manifest, the description of the search.

use http::StatusCode;
use serde_json::json;

use super::text::Text;
use crate::site::Language;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::to_vec;
use crate::web::problem::Problem;

/// The three symbols of the legend, which are the mark of the service.
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">\
<circle cx=\"9\" cy=\"21\" r=\"7\" fill=\"#c47a1d\"/>\
<path d=\"M23 14 31 28H15z\" fill=\"#2a8a66\"/>\
<path d=\"M16 1 23 8 16 15 9 8z\" fill=\"#7d5cc0\"/></svg>";

/// `/favicon.svg`.
pub(crate) fn icon(context: &Context<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    Ok(super::file("image/svg+xml", ICON, None))
}

/// `/site.webmanifest`.
pub(crate) fn manifest(context: &Context<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let (text, prefix) = (Text::of(Language::English), context.app.web().public_path());
    let manifest = json!({
        "name": text.service,
        "short_name": "Heritage",
        "description": text.description,
        "lang": "en",
        "start_url": format!("{prefix}/"),
        "scope": format!("{prefix}/"),
        "display": "minimal-ui",
        "background_color": "#fdfcf9",
        "theme_color": "#fdfcf9",
        "icons": [{"src": format!("{prefix}/favicon.svg"), "type": "image/svg+xml", "sizes": "any"}]
    });
    Ok(super::file("application/manifest+json", to_vec(&manifest)?, None))
}

/// `/opensearch.xml`: how a browser searches here. It needs an address with a host.
pub(crate) fn search(context: &Context<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let base = absolute(context)?;
    let text = Text::of(Language::English);
    let description = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>Heritage sites</ShortName>\n\
         <Description>{}</Description>\n\
         <Image height=\"16\" width=\"16\" type=\"image/svg+xml\">{base}/favicon.svg</Image>\n\
         <Url type=\"text/html\" template=\"{base}/sites?q={{searchTerms}}\"/>\n\
         <Url type=\"application/json\" template=\"{base}/api/whcsites?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{base}/opensearch.xml\"/>\n\
         </OpenSearchDescription>\n",
        text.description
    );
    Ok(super::file("application/opensearchdescription+xml", description, None))
}

/// Where links begin, with a host.
///
/// # Errors
/// No host is configured: a stranger could decide it by what the request says.
pub(super) fn absolute(context: &Context<'_>) -> Result<String, Problem> {
    let base = context.base.to_string();
    if base.contains("://") {
        return Ok(base);
    }
    let detail = "this needs addresses with a host, and the service has not been told its own; its operator sets PUBLIC_URL";
    Err(Problem::new(StatusCode::NOT_FOUND, detail))
}
