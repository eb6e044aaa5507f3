//! Requests that pages of other sites make a browser send: every combination, against a second definition.

use std::sync::Arc;

use whc_core::{App, MemorySites};

use super::{ask, filled, routes, service, with_origin};
use crate::client::json;

const HERE: &str = "http://localhost:4000";
const LISTED: &str = "https://desk.example";
const PUBLIC: &str = "https://heritage.example";
const TOKEN: &str = "Bearer contacts:read,contacts:write,contacts:erase,sites:write,audit:read";

const SITES: [&str; 7] = ["", "same-origin", "none", "same-site", "cross-site", "Same-Origin", "?1"];
const ORIGINS: [&str; 8] =
    ["", "null", HERE, "https://localhost:4000", LISTED, PUBLIC, "https://evil.example", "x"];
const HOSTS: [&str; 4] = ["", "localhost:4000", "evil.example", "heritage.example"];

struct Row<'a> {
    method: &'a str,
    /// With its parameters in braces.
    path: &'a str,
    site: &'static str,
    origin: &'static str,
    authorization: &'static str,
    disabled: bool,
    host: &'static str,
    public_url: &'static str,
}

/// What changes something and is for people, so that no description has it.
const UNDESCRIBED: [(&str, &str); 5] = [
    ("POST", "/account/sessions"),
    ("POST", "/auth/logout"),
    ("DELETE", "/auth/logout"),
    ("POST", CALLBACK),
    ("POST", BACK_CHANNEL),
];
const CALLBACK: &str = "/auth/{provider}/callback";
const BACK_CHANNEL: &str = "/auth/{provider}/backchannel";

/// Every unsafe method of every path, and one path that is looked at.
async fn requests(app: &App) -> Vec<(String, String)> {
    let described = routes(app).await.into_iter().map(|(method, path, _)| (method.to_uppercase(), path));
    let looks = ["GET", "HEAD", "OPTIONS"];
    let looked_at = looks.map(|method| (method.to_owned(), "/api/cases/{case_id}/contact".to_owned()));
    let undescribed = UNDESCRIBED.map(|(method, path)| (method.to_owned(), path.to_owned()));
    described.filter(|(method, _)| !looks.contains(&&**method)).chain(undescribed).chain(looked_at).collect()
}

fn rows(requests: &[(String, String)]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (method, path) in requests {
        for site in SITES {
            for origin in ORIGINS {
                for authorization in ["", TOKEN] {
                    for disabled in [false, true] {
                        for host in HOSTS {
                            for public_url in ["", "https://heritage.example/whc"] {
                                rows.push(Row {
                                    method,
                                    path,
                                    site,
                                    origin,
                                    authorization,
                                    disabled,
                                    host,
                                    public_url,
                                });
                            }
                        }
                    }
                }
            }
        }
    }
    rows
}

impl Row<'_> {
    /// The status, and the code of a refusal.
    fn expected(&self) -> (u16, &'static str) {
        let looks = ["GET", "HEAD"].contains(&self.method);
        if self.method == "OPTIONS" {
            return (204, "");
        }
        let own = matches!(
            (self.public_url, self.host, self.origin),
            ("", "localhost:4000", HERE | "https://localhost:4000")
                | ("", "evil.example", "https://evil.example")
                | ("", "heritage.example", PUBLIC)
                | ("https://heritage.example/whc", _, PUBLIC)
        );
        let may_change = match (self.site, self.origin) {
            (_, LISTED) | ("same-origin" | "none", _) => true,
            ("", "") => self.disabled || !self.authorization.is_empty(),
            ("", _) => own,
            _ => false,
        };
        match self {
            // Providers send these from pages of their own, and no caller does.
            Row { path: CALLBACK, .. } => (415, "unsupported-media-type"),
            Row { path: BACK_CHANNEL, .. } => (503, "not-configured"),
            _ if !looks && !may_change => (403, "cross-site"),
            Row { disabled: true, host: "" | "evil.example" | "heritage.example", .. } => (403, "forbidden"),
            Row { disabled: false, authorization: "", .. } => (401, "unauthorized"),
            // What is sent is no site.
            Row { method: "POST", path: "/api/whcsites", .. } => (422, "invalid-body"),
            // Nothing says which state is meant.
            Row { path: "/api/whcsites/{id}" | "/api/whcsites/{id}/curated/{field}", .. }
            | Row { method: "PATCH" | "DELETE", path: "/api/cases/{case_id}/contact", .. } => {
                (428, "precondition-required")
            }
            // There is no store of contacts, and no provider of logins.
            _ => (503, "not-configured"),
        }
    }
}

#[tokio::test]
async fn every_row_has_the_status_of_a_second_definition() {
    let sites = Arc::new(MemorySites::embedded().unwrap());
    let app = |public_url, disabled| {
        let builder = service().site_store(Arc::clone(&sites) as _).web(with_origin(public_url, LISTED));
        if disabled { builder.without_authentication() } else { builder }.build()
    };
    let apps = ["", "https://heritage.example/whc"].map(|url| [app(url, false), app(url, true)]);
    let requests = requests(&apps[0][0]).await;
    let (rows, mut refused) = (rows(&requests), 0);
    for row in &rows {
        let app = &apps[usize::from(!row.public_url.is_empty())][usize::from(row.disabled)];
        let headers = [
            ("sec-fetch-site", row.site),
            ("origin", row.origin),
            ("authorization", row.authorization),
            ("host", row.host),
            // No cookie counts for anything.
            ("cookie", "session=1"),
        ];
        let body = r#"{"case_id":7,"first_name":"first"}"#;
        let response = ask(app, row.method, &filled(row.path), &headers, body).await;
        let (status, code) = row.expected();
        let Row { method, path, disabled, public_url, .. } = row;
        let shown = || format!("{method} {path} {headers:?} disabled={disabled} at {public_url}");
        assert_eq!(response.status(), status, "{}", shown());
        if status >= 400 && row.method != "HEAD" {
            assert_eq!(json(response)["code"], code, "{}", shown());
        }
        refused += usize::from(code == "cross-site");
    }
    assert!(rows.len() > 20_000 && refused > 9_000, "{} rows, {refused} refused", rows.len());
}

#[tokio::test]
async fn headers_given_twice_are_foreign() {
    let app = service().build();
    for (name, value) in [("sec-fetch-site", "same-origin"), ("origin", HERE)] {
        let headers = [(name, value), (name, value), ("host", "localhost:4000"), ("authorization", TOKEN)];
        let response = ask(&app, "PUT", "/api/cases/7/contact", &headers, "{}").await;
        assert_eq!(json(response)["code"], "cross-site", "{name}");
    }
}
