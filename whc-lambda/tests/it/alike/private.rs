//! What is for callers: every method with its preconditions and bodies, right and wrong, one after the other.

use super::STATE;
use crate::support::{Asked, token};

const CONTACT: &str = "/api/cases/7/contact";
const CONTACTS: &str = "/api/contacts";
const NEW: &str = "{\"case_id\":7,\"first_name\":\"Zoë 世\"}";
const FORM: &str = "application/x-www-form-urlencoded";
const MERGE_PATCH: &str = "application/merge-patch+json";

pub(super) fn requests() -> Vec<Asked> {
    [callers(), creating(), changing(), erasing(), curating()].concat()
}

fn ask(method: &'static str, target: &str, body: &str) -> Asked {
    Asked { method, body: body.as_bytes().to_vec(), ..Asked::get(target) }.with("authorization", bearer())
}

fn typed(method: &'static str, target: &str, content_type: &str, body: &str) -> Asked {
    ask(method, target, body).with("content-type", content_type)
}

pub(super) fn bearer() -> String {
    format!("Bearer {}", token())
}

/// Who may not, or says it in other ways.
fn callers() -> Vec<Asked> {
    let anonymous = |target: &str| Asked::get(target);
    vec![
        anonymous(CONTACT),
        anonymous(CONTACT).with("authorization", "Bearer other"),
        anonymous(CONTACT).with("authorization", "Basic b3RoZXI="),
        anonymous(CONTACT).with("authorization", token()),
        anonymous(CONTACT).with("authorization", bearer()).with("authorization", bearer()),
        anonymous(CONTACT).with("authorization", bearer()).with("authorization", "Bearer other"),
        anonymous(CONTACT).with("authorization", token()).with("authorization", token()),
        anonymous(CONTACT).with("cookie", format!("token={}", token())),
        anonymous("/api/audit?access_token=desk"),
        Asked { method: "OPTIONS", ..anonymous(CONTACT) }.with("origin", "https://desk.example"),
        Asked { method: "POST", body: NEW.as_bytes().to_vec(), ..anonymous(CONTACTS) },
        ask("POST", CONTACTS, NEW).with("sec-fetch-site", "cross-site"),
        ask("POST", CONTACTS, NEW).with("origin", "https://elsewhere.example"),
    ]
}

fn creating() -> Vec<Asked> {
    let key = ("idempotency-key", "k1");
    let post = |body: &str| typed("POST", CONTACTS, FORM, body);
    vec![
        post("case_id=7"),
        post("{\"case_id\":7}").with(key.0, key.1),
        post(NEW).with(key.0, key.1).with(key.0, "k2"),
        post(NEW).with(key.0, key.1),
        post(NEW).with(key.0, key.1),
        post(&NEW.replace("世", "界")).with(key.0, key.1),
        post(NEW),
        ask("POST", CONTACTS, &NEW.replace('7', "9")),
        typed("PUT", "/api/cases/8/contact", "application/json", "{\"first_name\":\"Ada\"}")
            .with("if-none-match", "*"),
        typed("PUT", "/api/cases/8/contact", "application/json", "{\"first_name\":\"Ada\"}")
            .with("if-none-match", "*"),
        typed("PUT", "/api/cases/8/contact", "application/json", "{\"first_name\":\"Ada\"}"),
        ask("GET", "/api/contacts?limit=2&offset=1", ""),
        ask("GET", "/api/contacts?site_id=1", ""),
    ]
}

/// What comes in several headers changes nothing: not every event source passes it on.
fn changing() -> Vec<Asked> {
    let put = |body: &str| typed("PUT", CONTACT, "application/json", body);
    let patch = |body: &str| typed("PATCH", CONTACT, MERGE_PATCH, body);
    let ada = "{\"first_name\":\"Ada\",\"address\":\"1 St James's Square\\nLondon\"}";
    let raw = |body: &[u8]| Asked { body: body.to_vec(), ..put("") };
    vec![
        ask("GET", CONTACT, ""),
        ask("GET", CONTACT, "").with("if-none-match", STATE),
        ask("GET", CONTACT, "").with("if-none-match", "\"old\"").with("if-none-match", STATE),
        put(ada).with("if-match", "\"old\""),
        put(ada).with("if-match", STATE),
        put(ada).with("if-match", "*").with("if-none-match", "*"),
        put(ada).with("if-none-match", STATE),
        patch("{\"title\":\"Ms\"}"),
        patch("{\"title\":\"Ms\"}").with("if-match", "\"old\""),
        patch("{\"titel\":1}").with("if-match", "*"),
        patch("title=Ms").with("if-match", "*"),
        patch("{\"title\":\"Ms\"}").with("if-match", format!("W/{STATE}")),
        patch("{\"first_name\":\"Ada\"}").with("if-match", "\"old\"").with("if-match", STATE),
        patch("{\"title\":null}").with("if-match", format!("\"old\", {STATE}")),
        typed("PATCH", CONTACT, "application/json-patch+json", "[]").with("if-match", "*"),
        typed("PATCH", CONTACT, "application/json; charset=utf-8", "{\"title\":\"Ms\"}")
            .with("if-match", "*"),
        raw(b"").with("if-match", "*"),
        raw(b"{\"title\":\"\xff\xfe\"}").with("if-match", "*"),
        raw(b"\0\x01").with("if-match", "*"),
        raw("{\"title\":\"\u{feff}\"}".as_bytes()).with("if-match", "nonsense"),
    ]
}

fn erasing() -> Vec<Asked> {
    vec![
        ask("DELETE", CONTACT, ""),
        ask("DELETE", CONTACT, "").with("if-match", "\"old\""),
        ask("DELETE", CONTACT, "").with("if-match", STATE),
        ask("DELETE", CONTACT, "").with("if-match", "*"),
        ask("GET", CONTACT, ""),
        ask("GET", "/api/cases/7/export", ""),
        ask("DELETE", "/api/cases/7", ""),
        ask("DELETE", "/api/cases/77", ""),
        ask("GET", "/api/audit?limit=3", ""),
        ask("GET", "/api/audit?action=erase&f=csv", ""),
        ask("GET", "/api/audit?actor=desk&case_id=7&f=ndjson", ""),
        ask("GET", "/api/audit?case_id=7&site_id=1", ""),
    ]
}

/// Changes of the list.
fn curating() -> Vec<Asked> {
    let ask = |method, target: &str, body: &str| typed(method, target, "application/json", body);
    let (site, year) = ("/api/whcsites/1", "{\"date_inscribed\":1979,\"reason\":\"世\"}");
    let new = "{\"id\":900001,\"names\":{\"en\":\"X\"},\"category\":\"Natural\",\"date_inscribed\":2026}";
    vec![
        Asked { method: "PATCH", ..Asked::get(site) },
        ask("PATCH", site, year),
        ask("PATCH", site, year).with("if-match", "\"0123456789abcdef\""),
        ask("PATCH", site, year).with("if-match", "*").with("sec-fetch-site", "cross-site"),
        ask("PATCH", "/api/whcsites/1?dry_run=true", year).with("if-match", "*"),
        ask("PATCH", site, "{\"date_inscribed\":1,\"x\":[]}").with("if-match", "*"),
        ask("PATCH", site, year).with("if-match", "*"),
        ask("PUT", "/api/whcsites/1?lang=fr", year).with("if-match", "*"),
        ask("POST", "/api/whcsites", new).with("idempotency-key", "k2"),
        ask("POST", "/api/whcsites", new).with("idempotency-key", "k2"),
        ask("POST", "/api/whcsites", new),
        ask("DELETE", "/api/whcsites/1?reason=%E4%B8%96&year=2021", "").with("if-match", "*"),
        ask("DELETE", "/api/whcsites/1/curated/date_inscribed", "").with("if-match", "*"),
        ask("DELETE", "/api/whcsites/1/curated/date_inscribd", "").with("if-match", "*"),
    ]
}
