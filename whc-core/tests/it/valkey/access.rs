//! What Terraform, and the guide for operators, let the service's user of the cache do: what the service does, and no more.

use whc_core::config::Secret;
use whc_core::testing::TestValkey;

use super::valkey;

/// The rule of `modules/cache`, word for word.
const ACCESS: &str = include_str!("../../../../terraform/modules/cache/access");

/// The rule of the guide.
fn of_the_guide() -> String {
    let guide = include_str!("../../../../docs/OPERATIONS.md");
    let rule = guide.split("ACL SETUSER app on \">$password\" '~whc:*' ").nth(1).unwrap();
    format!("on ~PREFIX:* {}", rule.lines().next().unwrap())
}

/// A user with this rule, whose prefix is that of the test.
async fn user(server: &TestValkey, rule: &str) -> String {
    let name = format!("{}-rule", server.config().prefix);
    let rule = rule.replace("PREFIX", &server.config().prefix);
    let mut command = redis::cmd("ACL");
    command.arg("SETUSER").arg(&name).arg("reset").arg(">token").arg(rule.split(' ').collect::<Vec<_>>());
    server.execute::<()>(&command).await.unwrap();
    name
}

/// Whether the user may.
async fn may(server: &TestValkey, user: &str, words: &str) -> bool {
    let words = words.replace("PREFIX", &server.config().prefix);
    let mut command = redis::cmd("ACL");
    command.arg("DRYRUN").arg(user).arg(words.split(' ').collect::<Vec<_>>());
    server.execute::<String>(&command).await.unwrap() == "OK"
}

#[tokio::test]
async fn the_user_of_terraform_may_do_what_the_service_does() {
    does_what_the_service_does(ACCESS).await;
}

#[tokio::test]
async fn the_user_of_the_guide_may_do_what_the_service_does() {
    does_what_the_service_does(&of_the_guide()).await;
}

async fn does_what_the_service_does(rule: &str) {
    let server = TestValkey::protected().await;
    let user = user(&server, rule).await;
    let mut config = server.config();
    (config.user, config.password) = (user.clone(), Some(Secret::new("token")));
    valkey(&config).ready().await.unwrap();

    for words in [
        "GET PREFIX:a",
        "SET PREFIX:a 1 EX 60",
        "GETDEL PREFIX:a",
        "DEL PREFIX:a",
        "ZADD PREFIX:a 1 b",
        "ZRANGE PREFIX:a 0 -1",
        "ZREM PREFIX:a b",
        "ZREMRANGEBYSCORE PREFIX:a 0 1",
        "PEXPIREAT PREFIX:a 1",
        "EVAL return 1 PREFIX:a",
        // The script of limits asks for it.
        "TIME",
        "PING",
    ] {
        assert!(may(&server, &user, words).await, "{words}");
    }
}

#[tokio::test]
async fn it_may_do_nothing_to_others_and_nothing_that_is_for_operators() {
    let server = TestValkey::protected().await;
    let user = user(&server, ACCESS).await;
    for words in [
        "GET other:a",
        "SET PREFIXother:a 1",
        "FLUSHALL",
        "FLUSHDB",
        "KEYS *",
        "CONFIG GET *",
        "ACL LIST",
        "CLIENT LIST",
        "PUBLISH news 1",
    ] {
        assert!(!may(&server, &user, words).await, "{words}");
    }
}
