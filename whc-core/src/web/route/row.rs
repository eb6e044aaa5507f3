//! A row of the table: a method on a path, with its handler.

use std::future::Future;
use std::pin::Pin;

use http::Method;

use super::Demand;
use crate::auth::Caller;
use crate::repository::ReadView;
use crate::web::answer::{Answer, Audience};
use crate::web::context::Context;
use crate::web::endpoint::openapi::operation::Operation;
use crate::web::problem::Problem;
use crate::web::sharing::Sharing;
#[cfg(feature = "pages")]
use crate::web::visitor::Visitor;

/// A row of the table: one method on one path.
pub(crate) struct Route {
    /// The method. GET answers HEAD too, and every path OPTIONS.
    pub(super) method: Method,
    /// The path, with parameters in braces.
    pub(super) pattern: &'static str,
    /// The handler.
    pub(crate) endpoint: Endpoint,
    /// Its description, if it is for programs.
    pub(super) describe: Option<fn() -> Operation>,
    /// Whether it is for probes, whose requests are logged at a lower level.
    pub(crate) is_probe: bool,
    /// Whether it answers with data and, where a client prefers it, with a page.
    pub(crate) has_page: bool,
    /// Which of its answers are shared with other processes.
    pub(crate) sharing: Sharing,
    /// Whether it is there only where the list can be written.
    pub(super) is_curation: bool,
    /// What people get instead who are what the demand says. Everybody else gets the same, whoever they are.
    #[cfg(feature = "pages")]
    pub(crate) instead: Option<(Demand, PersonalHandler)>,
}

/// The handler of a route, by what its responses depend on, which decides how they are cached.
pub(crate) enum Endpoint {
    /// On the data: cached until they change.
    Data(DataHandler),
    /// On the program and its configuration only: cached whatever the version of the data.
    Build(BuildHandler),
    /// On the time of the request: never cached.
    Live(LiveHandler),
    /// On who asks, who must be what the demand says: never cached, by browsers neither.
    Private(Demand, PrivateHandler),
    /// The same for people, whose session the handler sees.
    #[cfg(feature = "pages")]
    Personal(Demand, PersonalHandler),
    /// On what a provider of logins sends, from pages and servers of its own: the handler finds out who did. Never cached.
    #[cfg(feature = "oidc")]
    FromElsewhere(LiveHandler),
}

type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send + 'a>>;
pub(crate) type DataHandler = for<'a> fn(&'a Context<'a>, &'a ReadView<'a>) -> Answering<'a>;
pub(crate) type BuildHandler = fn(&Context<'_>) -> Result<Answer, Problem>;
pub(crate) type LiveHandler = for<'a> fn(&'a Context<'a>) -> Answering<'a>;
pub(crate) type PrivateHandler = for<'a> fn(&'a Context<'a>, &'a Caller) -> Answering<'a>;
#[cfg(feature = "pages")]
pub(crate) type PersonalHandler = for<'a> fn(&'a Context<'a>, &'a Visitor) -> Answering<'a>;

impl Route {
    /// A row with this method.
    pub(super) const fn new(
        method: Method,
        pattern: &'static str,
        endpoint: Endpoint,
        describe: Option<fn() -> Operation>,
    ) -> Self {
        Self {
            method,
            pattern,
            endpoint,
            describe,
            is_probe: false,
            has_page: false,
            sharing: Sharing::Never,
            is_curation: false,
            #[cfg(feature = "pages")]
            instead: None,
        }
    }

    /// The same, sharing these of its answers.
    pub(super) const fn sharing(mut self, sharing: Sharing) -> Self {
        self.sharing = sharing;
        self
    }

    /// The same, with another handler for whoever is what the demand says.
    #[cfg(feature = "pages")]
    pub(super) const fn instead(mut self, demand: Demand, handler: PersonalHandler) -> Self {
        self.instead = Some((demand, handler));
        self
    }

    /// A row of GET.
    pub(super) const fn get(
        pattern: &'static str,
        endpoint: Endpoint,
        describe: Option<fn() -> Operation>,
    ) -> Self {
        Self::new(Method::GET, pattern, endpoint, describe)
    }

    /// Whether it is a step of a login.
    pub(crate) fn is_login(&self) -> bool {
        // A provider that ends sessions ends many at once; and whoever logs out need not wait.
        self.pattern.starts_with("/auth/{provider}") && !self.pattern.ends_with("/backchannel")
    }

    /// Its path, with parameters in braces.
    pub(crate) fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// Whom it answers.
    pub(crate) fn audience(&self) -> Audience {
        match self.endpoint {
            Endpoint::Private(..) => Audience::Callers,
            #[cfg(feature = "pages")]
            Endpoint::Personal(..) => Audience::Callers,
            // What comes of a login is for no script of another site.
            #[cfg(feature = "oidc")]
            Endpoint::FromElsewhere(_) => Audience::Callers,
            _ => Audience::Everyone,
        }
    }

    /// Whether pages of other sites may send it.
    pub(crate) fn is_from_elsewhere(&self) -> bool {
        match self.endpoint {
            #[cfg(feature = "oidc")]
            Endpoint::FromElsewhere(_) => true,
            _ => false,
        }
    }

    /// The same row with a description.
    #[cfg(feature = "oidc")]
    pub(super) const fn described(mut self, describe: fn() -> Operation) -> Self {
        self.describe = Some(describe);
        self
    }

    pub(super) fn operation(&self) -> Option<Operation> {
        let operation = self.describe?();
        Some(match &self.endpoint {
            Endpoint::Private(demand, _) => operation.demanding(&self.method, demand.scopes()),
            #[cfg(feature = "pages")]
            Endpoint::Personal(demand, _) => operation.demanding(&self.method, demand.scopes()),
            _ => operation,
        })
    }
}
