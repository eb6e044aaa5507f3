//! A request, with what an endpoint needs to answer it.

use http::Request;
use matchit::Params;

use super::problem::Problem;
use super::request::{Base, Parameters, RequestBody, RequestHeaders};
use super::sharing::Sharing;
use crate::app::App;
use crate::audit::Trace;
use crate::contact::CaseId;
use crate::site::Year;

/// A request, with what an endpoint needs to answer it.
pub(crate) struct Context<'a> {
    pub(crate) app: &'a App,
    /// Its head.
    pub(crate) request: &'a Request<()>,
    /// Its body, which is read when it is asked for.
    pub(crate) body: &'a dyn RequestBody,
    /// Where links begin.
    pub(crate) base: Base<'a>,
    /// Those of its headers that decide the answer.
    pub(crate) headers: &'a RequestHeaders<'a>,
    /// The id of the request, in the log and in the audit too.
    pub(crate) request_id: &'a str,
    /// The parameters in the path.
    pub(crate) path: Params<'a, 'a>,
    /// The most items a page may have, whatever its `limit`, because of the size limit.
    pub(crate) max_items: Option<u32>,
    /// Whether there is a page at the same path.
    pub(crate) has_page: bool,
    /// Which of its answers are shared with other processes.
    pub(crate) sharing: Sharing,
}

impl<'a> Context<'a> {
    /// The same with this body, where it was read already.
    pub(crate) fn with_body<'b>(&self, body: Option<&'b bytes::Bytes>) -> Context<'b>
    where
        'a: 'b,
    {
        Context {
            app: self.app,
            request: self.request,
            body: body.map_or(self.body as &dyn RequestBody, |body| body),
            base: self.base,
            headers: self.headers,
            request_id: self.request_id,
            path: self.path.clone(),
            max_items: self.max_items,
            has_page: self.has_page,
            sharing: self.sharing,
        }
    }

    /// The query parameters; those not in `known` are violations.
    pub(crate) fn parameters(&self, known: &[&str]) -> Parameters<'a> {
        let mut parameters = Parameters::parse(self.request.uri().query(), known, self.app.clock());
        parameters.max_items = self.max_items;
        parameters.has_page = self.has_page;
        parameters
    }

    /// The year it is; nothing can be said of later ones.
    pub(crate) fn year(&self) -> Option<Year> {
        Year::at(self.app.clock().now())
    }

    /// This request, for the audit.
    pub(crate) fn trace(&self) -> Trace {
        Trace::new(self.request_id, self.app.clock())
    }

    /// The case in the path.
    ///
    /// # Errors
    /// It is no number of a case.
    pub(crate) fn case(&self) -> Result<CaseId, Problem> {
        Ok(self.path.get("case_id").unwrap_or_default().parse()?)
    }

    /// The id in the path, not checked yet.
    pub(crate) fn id(&self) -> &str {
        self.path.get("id").unwrap_or_default()
    }
}
