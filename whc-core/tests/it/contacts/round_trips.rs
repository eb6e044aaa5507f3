//! What a change costs: it waits for the database twice, once to look and once to write.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use whc_core::PostgresContacts;
use whc_core::testing::TestDatabase;
use whc_core::web::handle;

use super::wire::Wire;
use crate::access::service;

#[tokio::test]
async fn a_change_takes_two_round_trips() {
    let database = TestDatabase::new().await;
    let (wire, config) = Wire::to(&database.member_of("whc_desk").await).await;
    let app = service().contacts(Arc::new(PostgresContacts::new(&config).unwrap())).build();
    let ask = async |method: &str, path: &str, more: (&str, &str), body: &str| {
        let request = Request::builder().method(method).uri(path).header(more.0, more.1);
        let request = request.header("authorization", "Bearer contacts:read,contacts:write,contacts:erase");
        let response = handle(&app, request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()).await;
        (response.status().as_u16(), wire.round_trips())
    };
    let contact = "/api/cases/7/contact";
    let nothing = ("x-nothing", "");
    let any = ("if-match", "*");
    let key = ("idempotency-key", "8e03978e-40d5");
    let (ada, new) = (r#"{"first_name":"Ada","site_id":1}"#, r#"{"case_id":8,"first_name":"Ada"}"#);

    // Opens the connection, which the pool hands out from then on.
    let (status, at_first) = ask("GET", contact, nothing, "").await;
    assert!(status == 404 && at_first > 1, "{status}, {at_first}: the wire counts nothing");
    for (request, more, body, expected) in [
        (("GET", contact), nothing, "", (404, 1)),
        (("PUT", contact), nothing, ada, (201, 2)),
        (("PUT", contact), any, r#"{"first_name":"Augusta"}"#, (200, 2)),
        (("PUT", contact), any, r#"{"first_name":"Augusta"}"#, (200, 2)),
        (("PUT", contact), nothing, ada, (428, 2)),
        (("PATCH", contact), any, r#"{"last_name":"King"}"#, (200, 2)),
        (("PATCH", contact), ("if-match", "\"old\""), r#"{"last_name":"King"}"#, (412, 2)),
        (("DELETE", contact), any, "", (204, 2)),
        (("POST", "/api/contacts"), nothing, &new.replace('8', "9"), (201, 2)),
        (("POST", "/api/contacts"), key, new, (201, 2)),
        (("POST", "/api/contacts"), key, new, (201, 2)),
        (("POST", "/api/contacts"), nothing, new, (409, 2)),
        (("DELETE", "/api/cases/8"), nothing, "", (204, 2)),
    ] {
        assert_eq!(ask(request.0, request.1, more, body).await, expected, "{request:?} {more:?} {body}");
    }
}
