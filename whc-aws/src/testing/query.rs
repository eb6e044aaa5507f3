//! ElastiCache: actions come as forms and are answered with XML (AWS Query).

use http::Response;
use http_body_util::Full;
use hyper::body::Bytes;

use super::State;

/// Does the action of a form.
pub(super) fn answer(state: &mut State, form: &[u8]) -> Response<Full<Bytes>> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(form).into_owned().collect();
    let all = |start: &str| -> Vec<String> {
        let named = fields.iter().filter(|(name, _)| name.starts_with(start));
        named.map(|(_, value)| value.clone()).collect()
    };
    let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
    let (action, user, passwords) = (one("Action"), one("UserId"), all("Passwords.member."));
    state.now += 1;
    state.calls.push(action.clone());
    if state.refused.contains(&action) {
        return error(403, "AccessDenied", &action);
    }
    // What ElastiCache takes: one or two, each of 16 to 128 letters.
    let fit = (1..=2).contains(&passwords.len())
        && passwords.iter().all(|password| (16..=128).contains(&password.len()));
    if action != "ModifyUser" || !fit {
        return error(400, "InvalidParameterValue", &action);
    }
    state.passwords.insert(user.clone(), passwords);
    if state.lost.remove(&action) {
        return error(403, "AccessDenied", &action);
    }
    let body = format!(
        "<ModifyUserResponse xmlns=\"http://elasticache.amazonaws.com/doc/2015-02-02/\"><ModifyUserResult>\
         <UserId>{user}</UserId><Status>modifying</Status></ModifyUserResult></ModifyUserResponse>"
    );
    xml(200, body)
}

fn error(status: u16, code: &str, action: &str) -> Response<Full<Bytes>> {
    xml(
        status,
        format!(
            "<ErrorResponse xmlns=\"http://elasticache.amazonaws.com/doc/2015-02-02/\"><Error><Type>Sender</Type>\
             <Code>{code}</Code><Message>{action} says no</Message></Error></ErrorResponse>"
        ),
    )
}

fn xml(status: u16, body: String) -> Response<Full<Bytes>> {
    let response = Response::builder().status(status).header("content-type", "text/xml");
    response.body(Bytes::from(body).into()).expect("a response")
}
