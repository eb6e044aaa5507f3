//! Requests that pages of other sites make a browser send: every combination, against a second definition.

use super::{ask, service, with_origin};
use crate::client::json;

const HERE: &str = "http://localhost:4000";
const LISTED: &str = "https://desk.example";
const PUBLIC: &str = "https://heritage.example";
const TOKEN: &str = "Bearer contacts:read,contacts:write";

struct Row {
    method: &'static str,
    site: &'static str,
    origin: &'static str,
    authorization: &'static str,
    disabled: bool,
    host: &'static str,
    public_url: &'static str,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for method in ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] {
        for site in ["", "same-origin", "none", "same-site", "cross-site", "Same-Origin", "?1"] {
            for origin in
                ["", "null", HERE, "https://localhost:4000", LISTED, PUBLIC, "https://evil.example", "x"]
            {
                for authorization in ["", TOKEN] {
                    for disabled in [false, true] {
                        for host in ["", "localhost:4000", "evil.example", "heritage.example"] {
                            for public_url in ["", "https://heritage.example/whc"] {
                                rows.push(Row {
                                    method,
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

impl Row {
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
            _ if !looks && !may_change => (403, "cross-site"),
            Row { disabled: true, host: "" | "evil.example" | "heritage.example", .. } => (403, "forbidden"),
            Row { disabled: false, authorization: "", .. } => (401, "unauthorized"),
            // There is no store, so nothing is done; and nothing says which state is meant.
            Row { method: "PATCH" | "DELETE", .. } => (428, "precondition-required"),
            _ => (503, "not-configured"),
        }
    }

    fn path(&self) -> &'static str {
        if self.method == "POST" { "/api/contacts" } else { "/api/cases/7/contact" }
    }
}

#[tokio::test]
async fn every_row_has_the_status_of_a_second_definition() {
    let app = |public_url, disabled| {
        let builder = service().web(with_origin(public_url, LISTED));
        if disabled { builder.without_authentication() } else { builder }.build()
    };
    let apps = ["", "https://heritage.example/whc"].map(|url| [app(url, false), app(url, true)]);
    let (rows, mut refused) = (rows(), 0);
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
        let response = ask(app, row.method, row.path(), &headers, body).await;
        let (status, code) = row.expected();
        let shown = format!("{} {headers:?} disabled={} at {}", row.method, row.disabled, row.public_url);
        assert_eq!(response.status(), status, "{shown}");
        if status >= 400 && row.method != "HEAD" {
            assert_eq!(json(response)["code"], code, "{shown}");
        }
        refused += usize::from(code == "cross-site");
    }
    assert!(rows.len() > 12_000 && refused > 4_000, "{} rows, {refused} refused", rows.len());
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
