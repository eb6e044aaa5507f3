//! What `GET` shows, sent back by `PUT`, changes nothing: every site in every language.

use serde_json::json;
use tokio::task::JoinSet;
use whc_core::{App, Language};

use super::{data, desk, etag, send};
use crate::client;

/// Sends back what this language shows of these sites.
async fn comes_back(app: App, language: Language, ids: Vec<u32>) -> usize {
    for id in &ids {
        let path = format!("/api/whcsites/{id}?lang={language}");
        let shown = send(&app, "GET", &path, &[], "").await;
        let (tag, body) = (etag(&shown), client::json(shown)["data"].to_string());
        let response = send(&app, "PUT", &path, &[("if-match", &tag)], &body).await;
        let (status, now) = (response.status(), etag(&response));
        let answer = client::json(response);
        assert_eq!((status.as_u16(), &answer["changes"]), (200, &json!([])), "{path}: {answer}");
        assert!(tag.starts_with(now.trim_end_matches('"')), "{path}: {tag} became {now}");
    }
    ids.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_got_changes_nothing_when_it_comes_back() {
    let app = desk();
    let list = "/api/whcsites?status=all&limit=10000&fields=id";
    let ids: Vec<_> =
        data(&app, list).await.as_array().unwrap().iter().map(|site| site["id"].clone()).collect();
    let ids: Vec<u32> = ids.into_iter().map(|id| serde_json::from_value(id).unwrap()).collect();
    let languages: JoinSet<_> =
        Language::ALL.into_iter().map(|language| comes_back(app.clone(), language, ids.clone())).collect();
    let trips: usize = languages.join_all().await.into_iter().sum();
    assert!(trips >= 6 * 1277, "{trips} round trips");
    assert_eq!(data(&app, "/api/changes").await, json!([]));
    assert_eq!(data(&app, "/api/audit").await, json!([]));
}
