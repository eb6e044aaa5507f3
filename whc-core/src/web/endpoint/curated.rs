//! `/api/whcsites/{id}/curated/{field}`: a field that a curator has set, to be handed back to the files.

use http::StatusCode;

use super::curation_answers::{Curation, HANDING_BACK};
use super::curation_operations as describing;
use super::openapi::operation::Operation;
use super::openapi::parameters::SITE;
use super::site_answers;
use crate::auth::Caller;
use crate::repository::{Edited, SitePut};
use crate::site::{FieldName, Site, SiteId, SiteRecord};
use crate::violation::{Violation, nearest};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;
use crate::web::request::precondition;

/// Lets imports set the field again. Its value stays until one does.
pub(crate) async fn hand_back(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    let curator = caller.curator()?;
    let id = site_answers::site_id(context.id())?;
    let field = field(context.path.get("field").unwrap_or_default())?;
    let if_match = precondition::curating(context.request.headers())?;
    let curation = Curation::read(context, context.parameters(&HANDING_BACK))?;
    let trace = context.trace();
    let put = SitePut::new(id, Some(&if_match), &trace);
    let mut edit = |record: Option<&SiteRecord>| match record {
        Some(record) if record.curated.contains(&field) => {
            Ok(Edited::from(Site::clone(&record.site)).handing_back([field]))
        }
        _ => Err(Violation::of_all("is not curated").into()),
    };
    curation.hand_back(&curator, &put, &mut edit, &|| not_curated(id, field)).await
}

fn field(text: &str) -> Result<FieldName, Problem> {
    text.parse().map_err(|_| {
        let names: Vec<_> = FieldName::all().map(FieldName::as_str).collect();
        let shown: String = text.chars().take(40).collect();
        let meant = nearest(text, &names);
        let hint = meant.map_or_else(
            || format!("there are {}", names.join(", ")),
            |meant| format!("did you mean {meant}?"),
        );
        Problem::new(StatusCode::NOT_FOUND, format!("no field of a site is called {shown}; {hint}"))
    })
}

fn not_curated(id: SiteId, field: FieldName) -> Problem {
    let detail = format!("{field} of site {id} is not curated; fields=curated of the site shows what is");
    Problem::new(StatusCode::NOT_FOUND, detail)
}

/// Describes [`hand_back`].
pub(crate) fn describe() -> Operation {
    let description =
        "Hands a field back to the files: the next import sets it again. Its value stays until then.";
    Operation::new("handBackField", "curation", "Hand a field back", description)
        .taking(&[SITE])
        .taking_own(describing::field())
        .taking_own(describing::if_match())
        .taking_own(describing::dry_run())
        .in_formats(crate::web::format::Format::DOCUMENT)
        .failing(&[StatusCode::NOT_FOUND, StatusCode::PRECONDITION_FAILED, StatusCode::PRECONDITION_REQUIRED])
        .failing(&[StatusCode::METHOD_NOT_ALLOWED])
        .answering(StatusCode::OK, describing::changed())
}
