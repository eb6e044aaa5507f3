//! What the pages for people who may do more share: who looks, what was just done, the menu of what they may see, no cache.

use askama::Template;
use http::{Method, StatusCode};

use super::address::Address;
use super::frame::{Frame, MenuEntry};
use crate::auth::{Caller, Scope};
use crate::site::Language;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;
use crate::web::request::{Flash, Form, Parameters, negotiation};
use crate::web::visitor::Visitor;

/// The pages of the menu, with the scope that each demands.
const MENU: [(&str, &str, Option<Scope>); 4] = [
    ("/contacts", "Contacts", Some(Scope::ContactsRead)),
    ("/sites/findings", "Findings", Some(Scope::SitesWrite)),
    ("/audit", "Audit", Some(Scope::AuditRead)),
    ("/account", "Your account", None),
];

/// A page for somebody, while it is made.
pub(crate) struct Desk<'a> {
    context: &'a Context<'a>,
    visitor: &'a Visitor,
    language: Language,
    flash: Option<Flash>,
}

/// What its template shows around it.
pub(crate) struct Around<'a> {
    pub(crate) menu: Vec<MenuEntry<'a>>,
    pub(crate) flash: Option<&'static str>,
}

impl<'a> Desk<'a> {
    /// Reads what all of them have. `names` are the parameters that its links go on with.
    ///
    /// # Errors
    /// The client accepts no page.
    pub(crate) fn read(
        context: &'a Context<'a>,
        visitor: &'a Visitor,
        parameters: &mut Parameters<'_>,
        names: &[&'static str],
    ) -> Result<(Self, Frame<'a>), Problem> {
        let (frame, representation) = Frame::read(context, parameters, names)?;
        // Who asks for the head only sees no page.
        let is_shown = *context.request.method() != Method::HEAD;
        let flash = Flash::read(context.request.headers(), context.base).filter(|_| is_shown);
        Ok((Self { context, visitor, language: representation.language, flash }, frame))
    }

    /// The same of a page that has no parameters of its own.
    ///
    /// # Errors
    /// The client accepts no page, or there is a parameter.
    pub(crate) fn plain(
        context: &'a Context<'a>,
        visitor: &'a Visitor,
    ) -> Result<(Self, Frame<'a>), Problem> {
        let mut parameters = context.parameters(&["lang", "f"]);
        let read = Self::read(context, visitor, &mut parameters, &[])?;
        parameters.finish()?;
        Ok(read)
    }

    /// Who asks.
    pub(crate) fn caller(&self) -> &'a Caller {
        self.visitor.caller()
    }

    /// What the template shows around the page at this path of the menu.
    pub(crate) fn around(&self, frame: &Frame<'a>, here: &str) -> Around<'a> {
        let may = |scope: Option<Scope>| match scope {
            Some(scope) => self.caller().scopes().contains(scope),
            None => frame.has_account,
        };
        let menu = MENU.into_iter().filter(|(.., scope)| may(*scope)).map(|(path, name, _)| MenuEntry {
            address: frame.to.page(path),
            name,
            is_here: path == here,
        });
        Around { menu: menu.collect(), flash: self.flash.map(Flash::text) }
    }

    /// The token that shows that a form is one of ours; `None` without a session, where nothing but the browser says so.
    #[cfg_attr(
        not(feature = "oidc"),
        expect(clippy::unused_self, reason = "without the feature there are no sessions")
    )]
    pub(crate) fn form_token(&self) -> Option<String> {
        #[cfg(feature = "oidc")]
        return self
            .visitor
            .session()
            .zip(self.context.app.login())
            .map(|(own, login)| login.form_token(own));
        #[cfg(not(feature = "oidc"))]
        return None;
    }

    /// The form that was sent, with each field once but for those of `several`.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) async fn form(&self, several: &[&str]) -> Result<Form, Problem> {
        let body = self.context.body.read().await?;
        let form = Form::read(self.context.request.headers(), &body).await?;
        form.expect_once(several).map(|()| form)
    }

    /// The answer with a page.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn answer(&self, page: &impl Template) -> Result<Answer, Problem> {
        let said = self.flash.and_then(|_| Flash::remove(self.context.request.headers(), self.context.base));
        let response = super::response(self.language, super::rendered(page)?);
        Ok(Answer::no_store(response).with_cookie(said))
    }

    /// The answer that refuses what was sent: the page where a client takes pages, else the problem.
    ///
    /// # Errors
    /// The problem, or the page cannot be written.
    pub(crate) fn refuse(
        &self,
        status: StatusCode,
        page: &impl Template,
        problem: impl Into<Problem>,
    ) -> Result<Answer, Problem> {
        if !negotiation::prefers_page(self.context.headers, self.context.request.uri().query()) {
            return Err(problem.into());
        }
        Ok(self.answer(page)?.with_status(status))
    }

    /// Leads on from what was done, to a page that says so.
    pub(crate) fn done(&self, flash: Flash, next: &Address<'_>) -> Answer {
        let said = flash.set(self.context.request.headers(), self.context.base);
        Answer::see_other(&next.to_string()).with_cookie(said)
    }
}
