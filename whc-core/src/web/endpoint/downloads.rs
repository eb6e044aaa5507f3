//! `/api/downloads/whcsites.{format}`: the whole list as a file, at a stable URL.

use http::StatusCode;
use http::header::{ACCEPT_RANGES, CONTENT_DISPOSITION, HeaderValue};

use super::openapi::operation::{Operation, answer, body};
use super::openapi::{headers, parameters, schemas};
use super::site_answers::{listing, several};
use crate::repository::ReadView;
use crate::site::Language;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::Meta;
use crate::web::format::{Format, SelfLinks, with_query};
use crate::web::problem::Problem;
use crate::web::request::{ListRequest, Representation, file_parameters};
use crate::web::response::links;

/// What comes is of the media type of the whole and has its schema together with the other parts (RFC 9110, 15.3.7). A schema
/// of its own would make a second type of success, which generators of clients do not know.
const PART: &str = "The part asked for: bytes of the file, which is as described when it is whole.";

/// The whole list in this format.
pub(crate) async fn download(
    context: &Context<'_>,
    view: &ReadView<'_>,
    format: Format,
) -> Result<Answer, Problem> {
    let extension = format.extension();
    let known = file_parameters(format);
    let parameters = context.parameters(&known);
    let selection = parameters.rest(&["status", "as_of"]);
    let list = ListRequest::read_file(context.headers, parameters, &known, format)?;
    let Representation { format, language, .. } = list.representation;

    let sites = view.sites().list_all(&list.query).await?;
    let total = sites.len() as u64;
    let this = with_query(&links::to(context.base, context.request.uri().path()), &list.rest);
    let links = SelfLinks::new(this, with_query(&links::sites(context.base), &selection));
    let body = listing(context.base, &sites, view, &list).write(
        format,
        total,
        &Meta::new(total, language).at_end_of(list.query.as_of),
        &links,
    )?;
    let mut response = format.response(language, body);
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.extend(attachment(extension, language).map(|name| (CONTENT_DISPOSITION, name)));
    Ok(list.representation.answer(context.app, view.version(), response).with_all_of(sites.len()).in_ranges())
}

/// The file name for `Content-Disposition`: `whcsites-fr.csv`.
fn attachment(extension: &str, language: Language) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("attachment; filename=\"whcsites-{language}.{extension}\"")).ok()
}

/// Describes [`download`].
pub(crate) fn describe(format: Format) -> Operation {
    let description =
        "The whole list as a file under an address that stays. What broke off goes on with `Range`.";
    let file = match format {
        Format::Json => body("SiteFile", &schemas::examples::file()),
        _ => several(format),
    };
    let content = [(format.essence(), file)];
    let whole = [&headers::CACHED[..], &headers::FILE].concat();
    let part = [&whole[..], &["content-range"]].concat();
    let id = format!("download{}", format.extension().replace('.', ""));
    Operation::new(&id, "sites", &format!("The list as a file: {}", format.extension()), description)
        .taking(&["Range", "If-Range"])
        .taking_query(&file_parameters(format))
        .taking_own(parameters::formats(&[format.name()], "The format of the path; there is no other here."))
        .cached()
        .failing(&[StatusCode::BAD_REQUEST, StatusCode::RANGE_NOT_SATISFIABLE])
        .answering(StatusCode::OK, answer("The file.", &whole, &content))
        .answering(StatusCode::PARTIAL_CONTENT, answer(PART, &part, &content))
}
