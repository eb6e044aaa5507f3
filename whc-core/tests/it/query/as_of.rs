//! The list at the end of a year.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{Request, StatusCode};
use serde_json::Value;
use whc_core::testing::MockClock;
use whc_core::{App, MemorySites, Statistics, Year, site};

use crate::client::{self, get};
use crate::golden;

async fn json(path: &str) -> Value {
    let response = get(path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    client::json(response)
}

/// Counted from the facts by hand, once.
const KNOWN: [(u16, u64, u64); 8] = [
    (1978, 12, 0),
    (1979, 57, 1),
    (1989, 319, 7),
    (1994, 439, 17),
    (1999, 629, 27),
    (2009, 890, 31),
    (2019, 1121, 53),
    (2026, 1273, 57),
];

#[tokio::test]
async fn the_list_and_the_list_in_danger_of_known_years() {
    let sites = site::embedded().unwrap();
    let statistics = Statistics::new(&sites, Year::new(2026).unwrap());
    for (year, on_list, in_danger) in KNOWN {
        let counts = &statistics.years[usize::from(year - 1978)];
        assert_eq!((counts.year.get(), counts.on_list, counts.in_danger), (year, on_list, in_danger));
        let facets = json(&format!("/api/whcsites/facets?as_of={year}")).await;
        assert_eq!(facets["meta"]["total"], on_list, "{year}");
        assert_eq!(facets["data"]["danger"][0]["count"], in_danger, "{year}");
        let list = json(&format!("/api/whcsites?as_of={year}&danger=true&limit=1")).await;
        assert_eq!(list["meta"]["total"], in_danger, "{year}");
    }
    let inscribed: u64 = statistics.years.iter().flat_map(|year| year.inscribed.values()).sum();
    assert_eq!(inscribed, sites.len() as u64, "also those that left");
    assert_eq!(statistics.criteria.len(), 10);
    assert_eq!(Statistics::new(&sites, Year::new(1977).unwrap()), Statistics::default());
}

/// What is shown is true of the year: nobody is told that a site was in danger later, or had left already.
#[tokio::test]
async fn sites_are_shown_as_they_were() {
    let shown = |query: &'static str| async move {
        let fields = "fields=danger,danger_list,status,year_left,extended";
        json(&format!("/api/whcsites?{query}&{fields}")).await["data"].take()
    };
    let galapagos = |danger: bool, list: Value, extended: Value| serde_json::json!([{"id": 1, "extended": extended, "danger": danger, "danger_list": list, "status": "inscribed", "year_left": null}]);
    assert_eq!(shown("id=1&as_of=2000").await, galapagos(false, Value::Null, serde_json::json!([])));
    assert_eq!(shown("id=1&as_of=2008").await, galapagos(true, "Y 2007".into(), serde_json::json!([2001])));
    assert_eq!(
        shown("id=1&as_of=2010").await,
        galapagos(false, "P 2007-2010".into(), serde_json::json!([2001]))
    );
    // Site 654 left in 2007: what left in a year is out at its end.
    assert_eq!(shown("id=654&as_of=2006").await[0]["status"], "inscribed");
    assert_eq!(shown("id=654&as_of=2007").await, serde_json::json!([]));
    assert_eq!(shown("id=654&as_of=2007&status=all").await[0]["year_left"], 2007);
    assert_eq!(shown("id=654&as_of=2006&status=delisted").await, serde_json::json!([]));
    assert_eq!(shown("id=654&as_of=1993&status=all").await, serde_json::json!([]));
    // The whole list has texts that are ready, of today.
    assert_eq!(json("/api/whcsites?limit=10000&as_of=2008").await["data"][0]["danger_list"], "Y 2007");
}

#[tokio::test]
async fn every_route_with_filters_takes_a_year() {
    golden::check(
        "query/as-of.json",
        get("/api/whcsites?as_of=1984&danger=true&fields=name,danger_list").await,
    );
    golden::check(
        "query/as-of.geojson",
        get("/api/whcsites?as_of=1984&danger=true&fields=danger_list&f=geojson").await,
    );
    for (path, expected) in [
        ("/api/whcsites/random?id=654&as_of=2006", "\"status\":\"inscribed\""),
        ("/api/whcsites/random?id=1&as_of=2008", "\"danger\":true,"),
        ("/api/whcsites/1/nearby?as_of=1980&radius=1500&limit=50", "\"meta\":{\"total\":1,"),
        ("/api/whcsites?id=1&as_of=2008&f=csv&fields=danger_list", "\r\n1,Y 2007\r\n"),
        ("/api/whcsites?as_of=1994&f=svg", "Map of 439 sites"),
        ("/api/whcsites?as_of=1994&f=svg", "17 in danger"),
        (
            "/api/downloads/whcsites.json?as_of=1978",
            "\"meta\":{\"total\":12,\"language\":\"en\",\"as_of\":1978,\"of_today\":[\"names\",",
        ),
        ("/api/downloads/whcsites.csv?as_of=1978&status=all&fields=name", "\r\n1,Galápagos Islands\r\n"),
    ] {
        let body = get(path).await.into_body().into_bytes();
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains(expected), "{path}: {text:.300}");
    }
}

#[tokio::test]
async fn a_year_before_the_list_or_to_come_is_refused() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365 * 60);
    let clock = Arc::new(MockClock::at(now));
    let app = App::builder(Arc::new(MemorySites::embedded().unwrap())).clock(clock).build();
    for wrong in ["1977", "2030", "30000", "x", "1994.5", "-1994", "1978..1990"] {
        let response = client::send(&app, Request::get(format!("/api/whcsites?as_of={wrong}"))).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{wrong}");
        let told = client::json(response)["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert_eq!(told, format!("as_of: it must be a year from 1978 to 2029, not \"{wrong}\""));
    }
    let response = client::send(&app, Request::get("/api/whcsites?as_of=2029")).await;
    assert_eq!(response.status(), StatusCode::OK);
}

/// The list of the present year is the list.
#[tokio::test]
async fn the_end_of_this_year_is_today() {
    let [mut today, mut this_year] = [
        json("/api/whcsites?limit=10000&status=all").await,
        json("/api/whcsites?limit=10000&status=all&as_of=2026").await,
    ];
    assert_eq!(this_year["data"].take(), today["data"].take());
    assert_eq!((this_year["meta"]["as_of"].as_u64(), today["meta"].get("as_of")), (Some(2026), None));
}
