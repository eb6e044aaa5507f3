//! What endpoints that change sites share: their parameters, and what came of a change.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ETAG, HeaderName, HeaderValue, LOCATION};
use http::{HeaderMap, Method, Response, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::site_answers::{self, SingleRequest};
use crate::audit::ValueChange;
use crate::auth::Curator;
use crate::body::Body;
use crate::repository::{Placed, SiteEdit, SitePlacement, SitePut, SiteStore};
use crate::site::field::FieldValue;
use crate::site::{SiteDocument, SiteId, SiteRecord, SiteRevision, check_reason, differing, known};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::Format;
use crate::web::format::json::to_vec;
use crate::web::problem::Problem;
use crate::web::request::body::{self, JsonBody};
use crate::web::request::{Parameters, Representation, precondition};
use crate::web::response::links;

/// Parameters of every change.
pub(super) const PARAMETERS: [&str; 3] = ["lang", "f", "dry_run"];
/// Parameters of a change that has no texts.
pub(super) const HANDING_BACK: [&str; 2] = ["f", "dry_run"];

/// The same key for another target is another key.
pub(super) const TARGET: &str = "POST /api/whcsites";

/// Why something changes, where the body does not say.
pub(super) const X_CHANGE_REASON: HeaderName = HeaderName::from_static("x-change-reason");

/// Whether what was written is not to be seen yet.
const X_SNAPSHOT: HeaderName = HeaderName::from_static("x-snapshot");

/// A request that changes a site.
pub(super) struct Curation<'a> {
    context: &'a Context<'a>,
    store: &'a dyn SiteStore,
    single: SingleRequest,
    is_rehearsal: bool,
    /// What its header says.
    stated_reason: Option<String>,
}

/// A site that was changed, or would be.
#[derive(Serialize)]
struct ChangedDocument {
    data: Value,
    changes: Vec<ValueChange>,
    meta: ChangeMeta,
    links: Value,
}

#[derive(Serialize)]
struct ChangeMeta {
    dry_run: bool,
}

/// Why, as `X-Change-Reason` says.
fn stated_reason(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(X_CHANGE_REASON) else { return Ok(None) };
    let text = std::str::from_utf8(value.as_bytes()).map_err(|_| wrong_reason("is a text in UTF-8"))?.trim();
    check_reason(text).map_err(|reason| wrong_reason(&reason))?;
    Ok(Some(text.to_owned()))
}

fn wrong_reason(reason: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, format!("X-Change-Reason {reason}"))
}

impl<'a> Curation<'a> {
    /// Reads what every change has.
    ///
    /// # Errors
    /// The parameters are wrong, `Accept` rules out JSON, or the reason in the header cannot be read.
    pub(super) fn read(context: &'a Context<'a>, mut parameters: Parameters<'_>) -> Result<Self, Problem> {
        let representation = Representation::negotiate(context.headers, &mut parameters, Format::DOCUMENT)?;
        let single = SingleRequest::whole(representation.in_named_language(&parameters));
        let is_rehearsal = parameters.flag("dry_run").unwrap_or_default();
        parameters.finish()?;
        let (method, store) = (context.request.method(), context.app.site_store());
        let store = store.ok_or_else(|| Problem::read_only(method, "GET, HEAD, OPTIONS"))?;
        let stated_reason = stated_reason(context.request.headers())?;
        Ok(Self { context, store, single, is_rehearsal, stated_reason })
    }

    /// The body, and how it was written; `example` is one that would do.
    ///
    /// # Errors
    /// It is no JSON object.
    pub(super) async fn document(&self, example: &str) -> Result<(SiteDocument, Bytes), Problem> {
        let Context { request, body, base, .. } = self.context;
        let JsonBody { value, bytes } = body::json(request, *body, *base, example).await?;
        let document = SiteDocument::new(value, self.single.representation.language)?;
        Ok((document.said_in(self.context.year()), bytes))
    }

    /// Why: as the request says in its body or query (`given`), or in its header.
    ///
    /// # Errors
    /// The header says something else.
    pub(super) fn reason(&self, given: Option<&str>) -> Result<Option<String>, Problem> {
        match (given, self.stated_reason.as_deref()) {
            (Some(given), Some(stated)) if given != stated => {
                Err(wrong_reason("says something else than reason; one of them is enough"))
            }
            (given, stated) => Ok(stated.or(given).map(str::to_owned)),
        }
    }

    /// Changes the site, or says what would change.
    ///
    /// # Errors
    /// It is not changed.
    pub(super) async fn place(
        &self,
        curator: &Curator,
        put: &SitePut<'_>,
        edit: &mut SiteEdit<'_>,
    ) -> Result<Answer, Problem> {
        let placed = self.placed(curator, put, edit).await?;
        self.answer(put.site, placed, edit)
    }

    /// Hands a field back; `not_curated` is the problem of one that is not curated.
    ///
    /// # Errors
    /// It is not handed back.
    pub(super) async fn hand_back(
        &self,
        curator: &Curator,
        put: &SitePut<'_>,
        edit: &mut SiteEdit<'_>,
        not_curated: &(dyn Fn() -> Problem + Sync),
    ) -> Result<Answer, Problem> {
        let placed = self.placed(curator, put, edit).await?;
        match placed.placement {
            SitePlacement::Invalid(_) | SitePlacement::Unchanged(_) => Err(not_curated()),
            _ => self.answer(put.site, placed, edit),
        }
    }

    async fn placed(
        &self,
        curator: &Curator,
        put: &SitePut<'_>,
        edit: &mut SiteEdit<'_>,
    ) -> Result<Placed, Problem> {
        let placed = if self.is_rehearsal {
            self.store.rehearse(put, edit).await.map(Placed::from)
        } else {
            self.store.put(curator, put, edit).await
        };
        placed.map_err(Problem::from_curation)
    }

    fn answer(&self, id: SiteId, placed: Placed, edit: &mut SiteEdit<'_>) -> Result<Answer, Problem> {
        let mut answer = match placed.placement {
            SitePlacement::Created(record) => self.created(&record),
            SitePlacement::Changed { before, after } => self.changed(Some(&before), &after),
            SitePlacement::Unchanged(record) => self.changed(Some(&record), &record),
            SitePlacement::Again(earlier) if earlier.status == StatusCode::CREATED.as_u16() => {
                // The same document makes the same site.
                let site = edit(None)?.site;
                self.created(&SiteRecord::new(Arc::new(site), earlier.version))
            }
            placement => Err(self.refused(id, placement)),
        }?;
        if placed.is_behind {
            answer.response.headers_mut().insert(X_SNAPSHOT, HeaderValue::from_static("behind"));
        }
        Ok(answer)
    }

    fn created(&self, record: &SiteRecord) -> Result<Answer, Problem> {
        let mut answer = self.changed(None, record)?;
        if !self.is_rehearsal {
            let location = HeaderValue::try_from(links::site(self.context.base, record.site.id)).ok();
            answer.response.headers_mut().extend(location.map(|location| (LOCATION, location)));
            answer = answer.with_status(StatusCode::CREATED);
        }
        Ok(answer)
    }

    /// The answer with the site as it is, or would be, after a change.
    fn changed(&self, before: Option<&SiteRecord>, after: &SiteRecord) -> Result<Answer, Problem> {
        let found = Arc::clone(&after.site).into();
        let (parts, body) = site_answers::one(self.context.base, &found, None, &self.single)?.into_parts();
        let mut shown: Value = serde_json::from_slice(&body.into_bytes()).unwrap_or_default();
        let [data, links] = ["data", "links"].map(|key| shown[key].take());
        let (changes, meta) = (changes(before, after), ChangeMeta { dry_run: self.is_rehearsal });
        let body = to_vec(&ChangedDocument { data, changes, meta, links })?;
        let mut answer = Answer::no_store(Response::from_parts(parts, Body::from(Bytes::from(body))));
        // What would be has no state yet.
        let etag = etag(after.revision).filter(|_| !self.is_rehearsal);
        answer.response.headers_mut().extend(etag.map(|etag| (ETAG, etag)));
        Ok(answer)
    }

    /// The problem of a request that changes nothing.
    fn refused(&self, id: SiteId, placement: SitePlacement) -> Problem {
        let address = links::site(self.context.base, id);
        match placement {
            // There is no body that could be wrong: it does not fit the site.
            SitePlacement::Invalid(violations) if self.context.request.method() == Method::DELETE => {
                let detail = violations.iter().map(|violation| {
                    format!("{} {}", violation.pointer.trim_start_matches('/'), violation.reason)
                });
                Problem::new(StatusCode::CONFLICT, detail.collect::<Vec<_>>().join("; "))
            }
            SitePlacement::Invalid(violations) => violations.into(),
            SitePlacement::Stale(revision) => {
                let is_weak = precondition::is_weak(self.context.request.headers());
                let detail = if is_weak { WEAK } else { CHANGED };
                Problem::precondition_failed(detail, etag(revision))
            }
            SitePlacement::Missing => site_answers::no_such_site(self.context.base, id),
            SitePlacement::OtherBody => Problem::key_of_other_body(),
            SitePlacement::InFlight => Problem::key_in_flight(),
            _ => {
                let detail =
                    format!("there is a site {id} already, at {address}; PUT or PATCH it with its ETag");
                Problem::new(StatusCode::CONFLICT, detail).with_link(&format!("<{address}>; rel=\"item\""))
            }
        }
    }
}

/// What differs between two states of a site. Marks follow from that, but for those that are handed back.
fn changes(before: Option<&SiteRecord>, after: &SiteRecord) -> Vec<ValueChange> {
    let Some(before) = before else {
        return known(&after.site).map(|(field, value)| (field, FieldValue::Null, value).into()).collect();
    };
    let marks =
        |record: &SiteRecord| -> Value { record.curated.iter().map(|field| field.as_str()).collect() };
    let marked = (!before.curated.is_subset(&after.curated))
        .then(|| ValueChange::new("curated", marks(before), marks(after)));
    differing(&before.site, &after.site).map(ValueChange::from).chain(marked).collect()
}

const CHANGED: &str =
    "the site has changed since; GET it, see what is new, and send the change with its ETag";
const WEAK: &str = "a tag with W/ names no state, and something on the way has made it of ours; GET the site with \
                    Accept-Encoding: identity and send the ETag of that, without W/";

/// The value of `ETag` for a state of a site, whatever shows it.
fn etag(revision: SiteRevision) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("\"{revision}\"")).ok()
}
