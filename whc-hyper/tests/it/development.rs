//! Without authentication, for development: where it is refused, and what the log says of it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use whc_core::config::Variables;
use whc_hyper::Config;

use crate::binary::{Serving, run, text};

fn read(set: &[(&str, &str)]) -> whc_core::Result<Config> {
    Config::from_variables(&Variables::new(|name| {
        set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }))
}

const DISABLED: (&str, &str) = ("DISABLE_AUTH", "true");
const ANYWHERE: (&str, &str) = ("DISABLE_AUTH_ANYWHERE", "true");

#[test]
fn it_listens_to_this_machine_only() {
    for (set, listens) in [
        (&[][..], Some("0.0.0.0:4000")),
        (&[DISABLED], Some("127.0.0.1:4000")),
        (&[DISABLED, ("HOST", "::1")], Some("[::1]:4000")),
        (&[DISABLED, ("HOST", "0.0.0.0")], None),
        (&[DISABLED, ("HOST", "192.0.2.1")], None),
        (&[DISABLED, ANYWHERE], Some("0.0.0.0:4000")),
        (&[DISABLED, ANYWHERE, ("HOST", "192.0.2.1")], Some("192.0.2.1:4000")),
        (&[ANYWHERE], Some("0.0.0.0:4000")),
        (&[DISABLED, ("WHC_ENV", "staging")], Some("127.0.0.1:4000")),
        (&[DISABLED, ("WHC_ENV", "production")], None),
        (&[DISABLED, ANYWHERE, ("WHC_ENV", " Production")], None),
        (&[("DISABLE_AUTH", "false"), ("WHC_ENV", "production")], Some("0.0.0.0:4000")),
        (&[("DISABLE_AUTH", "yes")], None),
    ] {
        let config = read(set);
        let address = config.as_ref().ok().map(|config| config.server.listen.to_string());
        assert_eq!(address.as_deref(), listens, "{set:?}: {config:?}");
        assert!(config.map_or_else(|error| error.to_string().contains("DISABLE_AUTH"), |_| true), "{set:?}");
    }
}

#[tokio::test]
async fn production_refuses_to_start() {
    let output = run(&[], &[DISABLED, ("WHC_ENV", "production")]).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("WHC_ENV is production"), "{output:?}");
}

fn post(serving: &Serving, host: &str, more: &str) -> String {
    let body = r#"{"case_id":1,"first_name":"PERSONAL"}"#;
    let mut stream = TcpStream::connect(serving.address()).unwrap();
    // As `curl -d` does.
    write!(
        stream,
        "POST /api/contacts?token=SECRET HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{more}\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn every_line_says_so_and_none_has_a_secret() {
    for format in ["text", "json"] {
        let serving = Serving::start(&[DISABLED, ("LOG_FORMAT", format), ("RUST_LOG", "trace")]);
        assert!(serving.greeting.contains("authentication is disabled"), "{}", serving.greeting);
        assert!(serving.greeting.contains("in memory"), "{}", serving.greeting);
        let port = serving.address().port();
        let local = format!("localhost:{port}");
        assert!(post(&serving, &local, "").starts_with("HTTP/1.1 400"), "a token in the query");
        assert!(post(&serving, &local, "authorization: Bearer SECRET\r\n").starts_with("HTTP/1.1 400"));
        assert!(post(&serving, "rebound.example", "").starts_with("HTTP/1.1 403"));
        assert!(post(&serving, &local, "sec-fetch-site: cross-site\r\n").starts_with("HTTP/1.1 403"));
        serving.soon(|serving| serving.said(|line| line.contains("/api/contacts")) >= 4);
        let marked = |line: &str| match format {
            "json" => line.starts_with("{\"auth\":\"disabled\",\"timestamp\"") && line.ends_with('}'),
            _ => line.starts_with("auth=disabled "),
        };
        assert_eq!(serving.said(|line| !marked(line)), 0, "{format}");
        assert_eq!(serving.said(|line| line.contains("SECRET") || line.contains("PERSONAL")), 0, "{format}");
    }
}

#[test]
fn the_first_request_of_a_newcomer_works() {
    let serving = Serving::start(&[DISABLED]);
    let body = r#"{"case_id":1,"first_name":"first"}"#;
    let address = format!("localhost:{}/api/contacts", serving.address().port());
    let curl = std::process::Command::new("curl").args(["-s", "-i", "-XPOST", &address, "-d", body]).output();
    // Slim images have none.
    let Ok(output) = curl else { return };
    let answer = text(&output.stdout);
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(
        answer.contains(&format!(
            "location: http://localhost:{}/api/cases/1/contact",
            serving.address().port()
        )),
        "{answer}"
    );
}
