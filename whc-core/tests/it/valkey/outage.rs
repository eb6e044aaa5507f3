//! A Valkey that is killed, stopped or slow: readers notice nothing, and it is used again when it is back.

use std::time::Duration;

use http::Request;
use serde_json::Value;
use whc_core::App;
use whc_core::config::ValkeyConfig;
use whc_core::testing::{CuttableProxy, TestValkey};

use super::{behind_proxy, process, valkey};
use crate::client::{json, send};

struct Scene {
    server: TestValkey,
    config: ValkeyConfig,
    proxy: CuttableProxy,
}

async fn scene() -> Scene {
    let server = TestValkey::new().await;
    let mut config = server.config();
    (config.timeout, config.cache_timeout) = (Duration::from_secs(2), Duration::from_millis(100));
    let (config, proxy) = behind_proxy(config).await;
    Scene { server, config, proxy }
}

/// A map that nobody has asked for yet.
async fn ask(app: &App, number: usize) -> String {
    let response = send(app, Request::get(format!("/api/whcsites?f=svg&limit={}", number + 1))).await;
    assert_eq!(response.status(), 200);
    response.headers()["x-cache"].to_str().unwrap().to_owned()
}

async fn check(app: &App) -> Value {
    let response = send(app, Request::get("/readyz")).await;
    assert_eq!(response.status(), 200, "never not ready for it");
    let detailed = send(app, Request::get("/healthz?detailed=true")).await;
    assert_eq!(detailed.status(), 200, "nor unhealthy");
    let checks = [json(response), json(detailed)].map(|body| body["checks"]["valkey"].clone());
    assert_eq!(checks[0], checks[1]);
    checks[0].clone()
}

/// Asks until a map that another process has written comes from Valkey.
async fn until_shared(scene: &Scene, app: &App, from: usize) {
    let direct = valkey(&scene.server.config());
    direct.ready().await.unwrap();
    let other = process(&direct);
    for number in from.. {
        ask(&other, number).await;
        if ask(app, number).await == "shared" {
            assert_eq!(check(app).await["status"], "ok");
            return;
        }
        assert!(number < from + 200, "not used again: {}", check(app).await);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn one_that_was_killed_is_done_without_and_used_again() {
    let mut scene = scene().await;
    let app = process(&valkey(&scene.config));
    until_shared(&scene, &app, 0).await;
    scene.proxy.cut().await;
    for number in 200..230 {
        assert_eq!(ask(&app, number).await, "miss");
    }
    assert_eq!(check(&app).await["status"], "unavailable");
    assert!(check(&app).await["reason"].is_string());
    scene.proxy.restore().await;
    until_shared(&scene, &app, 230).await;
}

#[tokio::test]
async fn one_that_was_stopped_costs_a_few_readers_a_moment() {
    let scene = scene().await;
    let app = process(&valkey(&scene.config));
    until_shared(&scene, &app, 0).await;
    scene.proxy.hold();
    for number in 200..260 {
        assert_eq!(ask(&app, number).await, "miss");
    }
    assert_eq!(check(&app).await["reason"], "it is too slow");
    let commands = metric(&app, "whc_valkey_commands_total{outcome=\"failed\"}").await;
    assert!(commands <= 4, "{commands} readers waited");
    scene.proxy.release();
    until_shared(&scene, &app, 260).await;
}

#[tokio::test]
async fn one_that_is_slow_is_left_alone() {
    let scene = scene().await;
    let app = process(&valkey(&scene.config));
    until_shared(&scene, &app, 0).await;
    scene.proxy.slow_down(Duration::from_millis(120));
    for number in 200..260 {
        ask(&app, number).await;
    }
    let commands = metric(&app, "whc_valkey_commands_total{outcome=\"failed\"}").await;
    assert!((3..=4).contains(&commands), "{commands} readers waited");
    // Who cannot do without still has answers.
    valkey(&scene.config).ready().await.unwrap();
    scene.proxy.slow_down(Duration::ZERO);
    until_shared(&scene, &app, 260).await;
}

#[tokio::test]
async fn one_that_is_not_there_at_the_start_is_used_when_it_comes() {
    let mut scene = scene().await;
    scene.proxy.cut().await;
    let app = process(&valkey(&scene.config));
    assert_eq!(check(&app).await["status"], "unavailable");
    for number in 200..210 {
        assert_eq!(ask(&app, number).await, "miss");
    }
    scene.proxy.restore().await;
    until_shared(&scene, &app, 210).await;
}

async fn metric(app: &App, name: &str) -> u64 {
    let text = send(app, Request::get("/metrics")).await.into_body().into_bytes();
    let text = String::from_utf8(text.to_vec()).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().parse().unwrap()
}
