//! Passwords and their verifiers are sent over verified connections only.

use whc_core::config::TlsMode;
use whc_core::testing::{Authority, execute};
use whc_lambda::rotation::RotationStrategy;
use whc_lambda::rotation::Step;

use super::{STEPS, Stage, WEB};

#[tokio::test]
async fn what_could_go_unencrypted_does_not_begin() {
    let mut stage = Stage::new(RotationStrategy::Single).await;
    stage.aws.begin(WEB, "second");
    let before = stage.state();
    for tls in [TlsMode::default(), TlsMode::Disable] {
        for mut login in [stage.database.config(), stage.member.clone()] {
            login.tls = TlsMode::Disable;
            let error = execute(&login, "SELECT").await.unwrap_err().report();
            assert!(error.contains("no encryption"), "the database itself takes no such connection: {error}");
        }
        stage.place.tls = tls;
        for step in STEPS {
            let error = stage.step(step, "second").await.unwrap_err();
            assert!(error.contains("MASTER_SECRET_ARN needs DB_SSLMODE=verify-full"), "{tls:?}: {error}");
        }
        assert_eq!(stage.state(), before, "{tls:?}");
        assert_eq!(stage.aws.count("GetSecretValue"), 0, "{tls:?}");
    }
    assert!(stage.takes(&stage.login("AWSCURRENT")).await);
}

/// An attacker on the network without the authority's key learns nothing, and cannot stop the rotation for good.
#[tokio::test]
async fn a_database_that_proves_nothing_changes_nothing() {
    for strategy in [RotationStrategy::Single, RotationStrategy::Alternating] {
        let mut stage = Stage::new(strategy).await;
        let (stranger, known) = (Authority::new("stranger"), stage.place.root_certificates.clone());
        stage.aws.begin(WEB, "second");
        stage.step(Step::CreateSecret, "second").await.unwrap();
        let before = stage.state();
        stage.place.root_certificates = Some(stranger.file().to_owned());
        for step in [Step::SetSecret, Step::TestSecret] {
            let error = stage.step(step, "second").await.unwrap_err();
            assert!(error.contains("authority that is not trusted"), "{step:?}: {error}");
            assert_eq!(stage.state(), before, "{step:?}");
        }
        assert!(
            stage.takes(&stage.login("AWSCURRENT")).await && !stage.takes(&stage.login("AWSPENDING")).await
        );

        stage.place.root_certificates = known;
        for step in &STEPS[1..] {
            stage.step(*step, "second").await.unwrap();
        }
        assert!(stage.takes(&stage.login("AWSCURRENT")).await);
        stage.database.execute(&format!("DROP ROLE IF EXISTS {}_clone", stage.member.user)).await.unwrap();
    }
}
