//! `/account`: who am I, what may I do, where am I logged in.

use askama::Template;

use super::frame::Frame;
use crate::session::{Fingerprint, Session};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::login::logins;
use crate::web::format::timestamp;
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    frame: Frame<'a>,
    name: String,
    email: Option<String>,
    provider: Option<String>,
    subject: String,
    rights: String,
    sessions: Vec<Row>,
    /// What the forms need; `None` without a session, since there is nothing to end then.
    form_token: Option<String>,
}

/// A session.
struct Row {
    id: Fingerprint,
    is_own: bool,
    user_agent: String,
    created: String,
    last_used: String,
    expires: String,
}

impl Row {
    fn new((id, session): &(Fingerprint, Session), own: Fingerprint) -> Self {
        let user_agent = Some(&session.user_agent).filter(|agent| !agent.is_empty()).cloned();
        Self {
            id: *id,
            is_own: *id == own,
            user_agent: user_agent.unwrap_or_else(|| "A browser that says nothing of itself".to_owned()),
            created: timestamp::to_text(session.created),
            last_used: timestamp::to_text(session.last_used),
            expires: timestamp::to_text(session.expires),
        }
    }
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let login = logins(context)?;
    let subject = visitor.caller().actor().subject.clone();
    let mut page = AccountPage {
        frame: frame.titled("Your account"),
        name: subject.clone(),
        email: None,
        provider: None,
        subject,
        rights: visitor.caller().scopes().to_string().replace(' ', ", "),
        sessions: Vec::new(),
        form_token: None,
    };
    if let Some(own) = visitor.session() {
        let account = &own.session.account;
        let title = login.provider(&account.provider).map(|provider| provider.config().title.clone());
        let sessions = login.sessions_of(own).await.map_err(Problem::from_sessions)?;
        page.name = account.name.clone().or_else(|| account.email.clone()).unwrap_or(page.name);
        page.email.clone_from(&account.email);
        page.provider = Some(title.unwrap_or_else(|| account.provider.clone()));
        page.sessions = sessions.iter().map(|session| Row::new(session, own.id)).collect();
        page.form_token = Some(login.form_token(own));
    }
    Ok(super::answer_for_one(representation.language, &page, login.config())?)
}
