//! `/.well-known/security.txt` (RFC 9116): whom to tell of a weakness.

use std::fmt::Write as _;
use std::time::Duration;

use http::StatusCode;

use super::browser::absolute;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::typed;
use crate::web::format::timestamp;
use crate::web::problem::Problem;

/// Where it is.
pub(crate) const PATH: &str = "/.well-known/security.txt";

/// How long what it says holds: shorter than the year after which nobody should believe it (RFC 9116, 2.5.5).
const VALID: Duration = Duration::from_hours(180 * 24);

/// The file. No cache keeps it: it says until when it holds, counted from when somebody asks.
pub(crate) fn show(context: &Context<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let contacts = &context.app.web().security_contacts;
    if contacts.is_empty() {
        let detail = "nobody is named to be told of weaknesses; the operator names them in SECURITY_CONTACT";
        return Err(Problem::new(StatusCode::NOT_FOUND, detail));
    }
    let mut text = String::new();
    for contact in contacts {
        let _ = writeln!(text, "Contact: {contact}");
    }
    let expires = timestamp::to_text(context.app.clock().now() + VALID);
    let _ = writeln!(text, "Expires: {}T00:00:00Z", &expires[..10]);
    text.push_str("Preferred-Languages: en\n");
    if let Ok(base) = absolute(context) {
        let _ = writeln!(text, "Canonical: {base}{PATH}");
    }
    Ok(Answer::no_store(typed("text/plain; charset=utf-8", text)))
}
