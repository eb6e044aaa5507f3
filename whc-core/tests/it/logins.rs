//! Passwords of logins: whose can be changed, and with which rights.

use whc_core::Logins;
use whc_core::config::{Credentials, DatabaseConfig, Secret};
use whc_core::testing::{TestDatabase, execute};

fn next(user: &str, password: &str) -> Credentials {
    Credentials::new(user, Secret::new(password))
}

#[tokio::test]
async fn a_new_password_counts_at_once_and_the_last_no_more() {
    let database = TestDatabase::managed().await;
    let logins = Logins::new(&database.config());
    for group in ["whc_reader", "whc_desk"] {
        let member = database.member_of(group).await;
        let last = next(&member.user, "test");
        logins.try_out(&last).await.unwrap();
        for password in ["ro'ta\"ted\\", "ro'ta\"ted\\", "Köln 天"] {
            let next = next(&member.user, password);
            logins.set_password(&next).await.unwrap();
            logins.try_out(&next).await.unwrap();
        }
        let error = logins.try_out(&last).await.unwrap_err();
        let report = error.report();
        assert!(error.is_unavailable() && error.to_string().contains("refuses the user"), "{report}");
    }
}

#[tokio::test]
async fn a_twin_is_made_once_and_has_the_rights_of_its_login() {
    let database = TestDatabase::managed().await;
    let (member, logins) = (database.member_of("whc_writer").await, Logins::new(&database.config()));
    let twin = format!("{} \"twin\"; --", member.user);
    for password in ["first", "second"] {
        let next = next(&twin, password);
        logins.set_twin_password(&member.user, &next).await.unwrap();
        logins.try_out(&next).await.unwrap();
        let mut config = member.clone();
        (config.user, config.password) = (next.user, next.password);
        execute(&config, "UPDATE whc.site SET id = id").await.unwrap();
    }
    logins.try_out(&next(&member.user, "test")).await.unwrap();

    let long = next(&"x".repeat(64), "first");
    assert!(logins.set_twin_password(&member.user, &long).await.unwrap_err().is_refused());
    let quoted = twin.replace('"', "\"\"");
    database.execute(&format!("DROP ROLE \"{quoted}\"")).await.unwrap();
}

#[tokio::test]
async fn only_logins_of_ours_can_be_changed() {
    let database = TestDatabase::managed().await;
    let (admin, owner) = (database.config(), database.member_of("whc_owner").await);
    let (stranger, member) = (database.stranger().await, database.member_of("whc_reader").await);
    let logins = Logins::new(&admin);
    for DatabaseConfig { user, .. } in [&admin, &owner, &stranger] {
        let error = logins.set_password(&next(user, "x")).await.unwrap_err();
        assert!(error.is_refused() && error.to_string().contains(user), "{}", error.report());
        assert!(logins.set_twin_password(user, &next("nobody", "x")).await.unwrap_err().is_refused());
        assert!(logins.set_twin_password(&member.user, &next(user, "x")).await.unwrap_err().is_refused());
    }
    assert!(logins.set_password(&next("whc_reader", "x")).await.unwrap_err().is_refused());
    logins.set_password(&next(&member.user, "x")).await.unwrap();
    let (member, stranger) = (member.user, stranger.user);
    for power in [
        format!("ALTER ROLE {member} CREATEROLE"),
        format!(
            "ALTER ROLE {member} NOCREATEROLE; ALTER ROLE {stranger} CREATEROLE; GRANT {stranger} TO {member}"
        ),
    ] {
        database.execute(&power).await.unwrap();
        assert!(logins.set_password(&next(&member, "y")).await.unwrap_err().is_refused(), "{power}");
    }
    logins.try_out(&next(&stranger, "test")).await.unwrap_err();
}

/// CREATEROLE alone was enough until PostgreSQL 15.
#[tokio::test]
async fn who_lacks_a_right_over_a_login_learns_which() {
    let database = TestDatabase::managed().await;
    let (member, other) = (database.member_of("whc_reader").await, database.stranger().await);
    database.execute(&format!("ALTER ROLE {} CREATEROLE", other.user)).await.unwrap();
    let (logins, next) = (Logins::new(&other), next(&member.user, "next"));
    let twin = Credentials::new(format!("{}_clone", member.user), next.password.clone());
    for outcome in [logins.set_password(&next).await, logins.set_twin_password(&member.user, &twin).await] {
        if let Err(error) = outcome {
            assert!(error.is_refused() && error.to_string().contains("ADMIN OPTION"), "{}", error.report());
        }
    }
    let grant = format!("GRANT {} TO {} WITH ADMIN OPTION", member.user, other.user);
    database.execute(&grant).await.unwrap();
    logins.set_password(&next).await.unwrap();
    logins.set_twin_password(&member.user, &twin).await.unwrap();
    execute(&other, &format!("DROP ROLE {}", twin.user)).await.unwrap();
}
