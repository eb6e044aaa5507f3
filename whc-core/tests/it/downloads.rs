//! The whole list as a file: formats, languages, parts, dates.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use whc_core::App;
use whc_core::web::Body;

use crate::client::{app, send};
use crate::golden;

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

async fn bytes(app: &App, path: &str) -> Bytes {
    send(app, Request::get(path)).await.into_body().into_bytes()
}

#[tokio::test]
async fn every_format_has_an_address_and_a_file_name() {
    let app = app();
    for (format, content_type) in [
        ("json", "application/json"),
        ("geojson", "application/geo+json"),
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("ndjson", "application/x-ndjson"),
        ("geojsonseq", "application/geo+json-seq"),
    ] {
        let path = format!("/api/downloads/whcsites.{format}?lang=fr");
        // The Accept header of a browser does not matter: the path names the format.
        let response = send(&app, Request::get(&path).header("accept", "text/html")).await;
        assert_eq!((response.status(), header(&response, "content-type")), (StatusCode::OK, content_type));
        let name = format!("attachment; filename=\"whcsites-fr.{format}\"");
        assert_eq!(header(&response, "content-disposition"), name);
        assert_eq!(header(&response, "accept-ranges"), "bytes");
        assert_eq!(header(&response, "vary"), "accept-encoding");
        let text = String::from_utf8(response.into_body().into_bytes().to_vec()).unwrap();
        assert_eq!(text.matches("Ville de Quito").count(), if format == "csv" { 1 } else { 2 }, "{format}");
    }
}

#[tokio::test]
async fn a_download_has_what_the_list_has() {
    let app = app();
    let data = |text: &Bytes| serde_json::from_slice::<serde_json::Value>(text).unwrap();
    let (file, list) =
        (bytes(&app, "/api/downloads/whcsites.json").await, bytes(&app, "/api/whcsites?limit=2000").await);
    assert_eq!(data(&file)["data"], data(&list)["data"]);
    let left = data(&bytes(&app, "/api/downloads/whcsites.json?status=delisted").await);
    assert_eq!(
        (&left["meta"]["total"], left["links"]["sites"].as_str()),
        (&4.into(), Some("/api/whcsites?status=delisted"))
    );
    assert_eq!(
        bytes(&app, "/api/downloads/whcsites.csv").await,
        bytes(&app, "/api/whcsites?limit=2000&f=csv").await
    );
}

#[tokio::test]
async fn a_download_has_the_fields_that_are_asked_for() {
    let app = app();
    for (format, expected) in [
        (
            "json",
            r#"{"id":2,"name":"City of Quito","components":[{"longitude":-78.512083,"latitude":-0.22,"iso_code":"EC"}]}"#,
        ),
        (
            "ndjson",
            r#"{"id":2,"name":"City of Quito","components":[{"longitude":-78.512083,"latitude":-0.22,"iso_code":"EC"}]}"#,
        ),
        ("geojson", r#""properties":{"id":2,"name":"City of Quito","components":[{"longitude":-78.512083,"#),
        (
            "geojsonseq",
            r#""properties":{"id":2,"name":"City of Quito","components":[{"longitude":-78.512083,"#,
        ),
        ("csv", "\r\n2,City of Quito,MULTIPOINT ((-78.512083 -0.22))\r\n"),
        ("excel.csv", "\r\n2,City of Quito,MULTIPOINT ((-78.512083 -0.22))\r\n"),
    ] {
        let path = format!("/api/downloads/whcsites.{format}?fields=name,components");
        let file = bytes(&app, &path).await;
        let text = std::str::from_utf8(&file).unwrap();
        assert!(text.contains(expected), "{path}");
        assert!(!text.contains("date_inscribed"), "{path}");
    }
}

#[tokio::test]
async fn excel_has_a_file_of_its_own() {
    let app = app();
    let response = send(&app, Request::get("/api/downloads/whcsites.excel.csv?lang=zh")).await;
    assert_eq!(header(&response, "content-disposition"), "attachment; filename=\"whcsites-zh.excel.csv\"");
    assert_eq!(header(&response, "content-type"), "text/csv; charset=utf-8; header=present");
    let plain = bytes(&app, "/api/downloads/whcsites.csv?lang=zh").await;
    assert_eq!(response.into_body().into_bytes(), ["\u{feff}".as_bytes(), &plain].concat());
    // A part of a file that broke off in its first bytes.
    let part =
        send(&app, Request::get("/api/downloads/whcsites.excel.csv").header("range", "bytes=1-4")).await;
    assert_eq!(part.into_body().into_bytes(), &b"\xbb\xbfid"[..]);
}

#[tokio::test]
async fn a_download_that_broke_off_goes_on() {
    let app = app();
    let path = "/api/downloads/whcsites.geojson";
    let whole = send(&app, Request::get(path)).await;
    let etag = header(&whole, "etag").to_owned();
    assert!(!header(&whole, "last-modified").is_empty());
    let whole = whole.into_body().into_bytes();
    let last = whole.len() - 1;
    for (range, first, end) in [
        ("bytes=0-99".to_owned(), 0, 99),
        (format!("bytes=1000-{}", 1 << 20), 1000, last.min(1 << 20)),
        ("bytes=500000-".to_owned(), 500_000, last),
        ("bytes=-10".to_owned(), last - 9, last),
        ("bytes=-999999999".to_owned(), 0, last),
        (format!("bytes={last}-{}", last + 100), last, last),
    ] {
        for condition in [Some(&etag), None] {
            let request = Request::get(path).header("range", &range);
            let request = condition.into_iter().fold(request, |request, tag| request.header("if-range", tag));
            let part = send(&app, request).await;
            assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT, "{range}");
            assert_eq!(header(&part, "content-range"), format!("bytes {first}-{end}/{}", whole.len()));
            assert_eq!(header(&part, "content-length"), (end + 1 - first).to_string());
            assert_eq!(header(&part, "etag"), etag);
            assert_eq!(part.into_body().into_bytes(), whole.slice(first..=end));
        }
    }
}

#[tokio::test]
async fn whoever_cannot_go_on_gets_the_whole() {
    let app = app();
    let path = "/api/downloads/whcsites.csv";
    let whole = bytes(&app, path).await;
    for (range, condition) in [
        ("bytes=0-9", Some("\"of another version\"")),
        ("bytes=0-9", Some("Mon, 01 Jan 2024 00:00:00 GMT")),
        ("bytes=0-9,20-29", None),
        ("bytes=9-0-1", None),
        ("lines=1-2", None),
        ("bytes=99999999999999999999999-", None),
    ] {
        let request = Request::get(path).header("range", range);
        let request = condition.into_iter().fold(request, |request, value| request.header("if-range", value));
        let response = send(&app, request).await;
        assert_eq!(response.status(), StatusCode::OK, "{range}");
        assert_eq!(response.into_body().into_bytes(), whole);
    }
    let head = send(&app, Request::head(path).header("range", "bytes=0-9")).await;
    assert_eq!((head.status(), header(&head, "content-length")), (StatusCode::OK, &*whole.len().to_string()));
}

#[tokio::test]
async fn mistakes_are_explained() {
    for (name, path, range) in [
        ("unknown-format", "/api/downloads/whcsites.cvs", None),
        ("wrong-parameters", "/api/downloads/whcsites.csv?f=json&limit=5&status=lost", None),
        ("range-beyond-the-end", "/api/downloads/whcsites.csv", Some("bytes=99999999-")),
    ] {
        let request = Request::get(path);
        let request = range.into_iter().fold(request, |request, range| request.header("range", range));
        golden::check(&format!("downloads/{name}.json"), send(&app(), request).await);
    }
    golden::check(
        "downloads/left.csv",
        send(&app(), Request::get("/api/downloads/whcsites.csv?status=delisted")).await,
    );
}
