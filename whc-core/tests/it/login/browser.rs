//! A browser: it keeps cookies, and says which page a request is from.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, Response};
use whc_core::App;
use whc_core::web::{Body, ClientAddress, handle};

/// Where the service is.
pub(super) const HERE: &str = "https://heritage.example";

#[derive(Clone)]
pub(super) struct Browser {
    pub(super) app: App,
    pub(super) cookies: BTreeMap<String, String>,
    pub(super) name: &'static str,
    pub(super) address: Option<ClientAddress>,
}

/// The page that makes the browser send something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// One of the service, or none.
    Here,
    /// One of a neighbour: another host of the same site.
    Sibling,
    /// One of another site.
    Elsewhere,
    /// The browser says nothing of the page.
    Unsaid,
}

impl Browser {
    pub(super) fn new(app: &App, name: &'static str) -> Self {
        Self { app: app.clone(), cookies: BTreeMap::new(), name, address: None }
    }

    /// The same browser at this address.
    pub(super) fn at(self, address: &str) -> Self {
        Self { address: Some(ClientAddress(address.parse().unwrap())), ..self }
    }

    pub(super) async fn get(&mut self, path: &str) -> Response<Body> {
        self.send(From::Here, "GET", path, &[("accept", "text/html,*/*;q=0.8")], "").await
    }

    /// Follows a link, or a redirect, of another site.
    pub(super) async fn arrive(&mut self, path: &str) -> Response<Body> {
        self.send(From::Elsewhere, "GET", path, &[("accept", "text/html,*/*;q=0.8")], "").await
    }

    /// Sends a form.
    pub(super) async fn post(&mut self, from: From, path: &str, form: &[(&str, &str)]) -> Response<Body> {
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let headers =
            [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html,*/*;q=0.8")];
        self.send(from, "POST", path, &headers, &body).await
    }

    pub(super) async fn send(
        &mut self,
        from: From,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(path).header("host", "heritage.example");
        request = request.header("user-agent", self.name).header("x-request-id", "test-1");
        let (site, origin) = match from {
            From::Here => ("same-origin", HERE),
            From::Sibling => ("same-site", "https://evil.heritage.example"),
            From::Elsewhere => ("cross-site", "https://evil.example"),
            From::Unsaid => ("", ""),
        };
        if !site.is_empty() {
            request = request.header("sec-fetch-site", site);
            if method != "GET" {
                request = request.header("origin", origin);
            }
        }
        // Lax: with whatever leads here by GET, and with whatever a page of the same site sends.
        if method == "GET" || from != From::Elsewhere {
            let cookies: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            if !cookies.is_empty() {
                request = request.header("cookie", cookies.join("; "));
            }
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = Bytes::copy_from_slice(body.as_bytes());
        let mut request = request.body(body).unwrap();
        if let Some(address) = self.address {
            request.extensions_mut().insert(address);
        }
        let response = handle(&self.app, request).await;
        self.keep(&response);
        response
    }

    fn keep(&mut self, response: &Response<Body>) {
        for line in response.headers().get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            assert!(
                line.contains("; Secure") && line.contains("; HttpOnly") && line.contains("SameSite=Lax"),
                "{line}"
            );
            assert!(
                name.starts_with("__Host-") && line.contains("; Path=/") && !line.contains("Domain"),
                "{line}"
            );
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                let ends_with_the_browser = !line.contains("Max-Age") && !line.contains("Expires");
                assert_eq!(name == "__Host-whc_session", ends_with_the_browser, "{line}");
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The id of its session.
    pub(super) fn session(&self) -> Option<&str> {
        self.cookies.get("__Host-whc_session").map(String::as_str)
    }

    /// The status of `/api/me`.
    pub(super) async fn me(&mut self) -> u16 {
        self.send(From::Here, "GET", "/api/me", &[], "").await.status().as_u16()
    }

    /// The token of the forms of its session.
    pub(super) async fn form_token(&mut self) -> String {
        let response = self.send(From::Here, "GET", "/api/me", &[], "").await;
        crate::client::json(response)["session"]["csrf_token"].as_str().unwrap().to_owned()
    }
}

/// Where a response leads.
pub(super) fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), 303, "{:?}", response.headers());
    assert_eq!(response.headers()["cache-control"], "no-store");
    response.headers()["location"].to_str().unwrap().to_owned()
}

/// The text of a page.
pub(super) fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().into_bytes().to_vec()).unwrap()
}
