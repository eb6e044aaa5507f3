//! The rotation of passwords on a real database as a cloud manages it, with Secrets Manager and ECS in memory; of tokens on a
//! real Valkey, and of keys of sessions.

mod binary;
mod cache;
mod encryption;
mod session_keys;
mod under_load;

use lambda_runtime::{Context, LambdaEvent};
use serde_json::{Value, json};
use whc_aws::testing::FakeAws;
use whc_core::Logins;
use whc_core::config::{Credentials, DatabaseConfig, Secret};
use whc_core::testing::TestDatabase;
use whc_lambda::rotation::{EcsService, Order, Rotation, RotationConfig, RotationStrategy, Step};

const MASTER: &str = "whc/master";
const WEB: &str = "whc/web";
const STEPS: [Step; 4] = [Step::CreateSecret, Step::SetSecret, Step::TestSecret, Step::FinishSecret];

/// A database that nobody asks.
fn elsewhere() -> DatabaseConfig {
    DatabaseConfig::from_url("postgres://whc@db.example/whc?sslmode=verify-full").unwrap()
}

/// A database with a login, its secret, and a master who may change it.
struct Stage {
    database: TestDatabase,
    /// Where the function looks for it.
    place: DatabaseConfig,
    member: DatabaseConfig,
    aws: FakeAws,
    config: RotationConfig,
}

impl Stage {
    async fn new(strategy: RotationStrategy) -> Self {
        let database = TestDatabase::managed().await;
        let mut place = database.config();
        (place.user, place.password) = (String::new(), None);
        let (aws, member) = (FakeAws::start().await, database.member_of("whc_writer").await);
        aws.add(MASTER, &value(&database.config()));
        aws.add(WEB, &value(&member));
        let mut config = RotationConfig::new(MASTER);
        config.strategy = strategy;
        config.service = Some(EcsService::new("whc", "web"));
        Self { database, place, member, aws, config }
    }

    /// One step in a sandbox of its own, as after a crash.
    async fn step(&self, step: Step, version: &str) -> Result<(), String> {
        let rotation = Rotation::new(&self.config, &self.place, &self.aws.settings());
        let rotation = rotation.map_err(|error| error.report())?;
        let (secret_id, client_request_token) = (WEB.to_owned(), version.to_owned());
        let order = Order { step, secret_id, client_request_token };
        let done = rotation.invoke(LambdaEvent::new(order, Context::default())).await;
        done.map_err(|error| error.error_message)
    }

    async fn rotate(&self, version: &str) {
        self.aws.begin(WEB, version);
        for step in STEPS {
            self.step(step, version).await.unwrap();
        }
    }

    fn login(&self, stage: &str) -> Credentials {
        let value: Value = serde_json::from_str(&self.aws.value(WEB, stage).expect(stage)).unwrap();
        assert_eq!(value["engine"], "postgres", "what else the secret holds is kept");
        let text = |name: &str| value[name].as_str().unwrap().to_owned();
        Credentials::new(text("username"), Secret::new(text("password")))
    }

    async fn takes(&self, credentials: &Credentials) -> bool {
        Logins::new(&self.database.config()).try_out(credentials).await.is_ok()
    }

    /// Everything that a step could change.
    fn state(&self) -> impl PartialEq + std::fmt::Debug + use<> {
        let stages = ["AWSCURRENT", "AWSPENDING", "AWSPREVIOUS"].map(|stage| self.aws.value(WEB, stage));
        let actions = ["PutSecretValue", "UpdateSecretVersionStage", "UpdateService"];
        (stages, actions.map(|action| self.aws.count(action)))
    }
}

fn value(config: &DatabaseConfig) -> String {
    let password = config.password.as_ref().map(Secret::reveal);
    json!({"engine": "postgres", "username": config.user, "password": password}).to_string()
}

#[tokio::test]
async fn a_single_user_gets_a_new_password() {
    let stage = Stage::new(RotationStrategy::Single).await;
    let mut last = stage.login("AWSCURRENT");
    for version in ["second", "third"] {
        stage.rotate(version).await;
        let next = stage.login("AWSCURRENT");
        assert_eq!(next.user, stage.member.user);
        assert!(stage.takes(&next).await && !stage.takes(&last).await);
        assert_eq!(stage.login("AWSPREVIOUS"), last);
        last = next;
    }
    assert_eq!(stage.aws.count("UpdateService"), 2);
}

#[tokio::test]
async fn two_users_take_turns_and_the_last_one_stays_good() {
    let stage = Stage::new(RotationStrategy::Alternating).await;
    let (user, twin) = (stage.member.user.clone(), format!("{}_clone", stage.member.user));
    let mut logins = vec![stage.login("AWSCURRENT")];
    for (version, expected) in [("second", &twin), ("third", &user), ("fourth", &twin)] {
        stage.rotate(version).await;
        logins.push(stage.login("AWSCURRENT"));
        assert_eq!(&logins.last().unwrap().user, expected);
        let mut taken = Vec::new();
        for login in &logins {
            taken.push(stage.takes(login).await);
        }
        let good = logins.len() - 2;
        assert_eq!(taken, (0..logins.len()).map(|at| at >= good).collect::<Vec<_>>(), "{version}");
    }
    stage.database.execute(&format!("DROP ROLE {twin}")).await.unwrap();
}

#[tokio::test]
async fn a_step_that_is_done_changes_nothing_again() {
    let stage = Stage::new(RotationStrategy::Single).await;
    stage.aws.begin(WEB, "second");
    for (at, step) in STEPS.into_iter().enumerate() {
        stage.step(step, "second").await.unwrap();
        let done = stage.state();
        for step in &STEPS[..=at] {
            stage.step(*step, "second").await.unwrap();
            assert_eq!(stage.state(), done, "{step:?} again");
        }
    }
    assert!(stage.takes(&stage.login("AWSCURRENT")).await);
}

/// An action was done although it was reported as failed: the next try detects that and continues.
#[tokio::test]
async fn a_crash_in_any_step_is_made_good_by_the_next_try() {
    for lost in ["PutSecretValue", "UpdateSecretVersionStage", "UpdateService"] {
        let stage = Stage::new(RotationStrategy::Single).await;
        stage.aws.begin(WEB, "second");
        stage.aws.lose(lost);
        let mut failures = 0;
        for step in STEPS {
            while stage.step(step, "second").await.is_err() {
                failures += 1;
                assert!(failures < 3, "{lost}: {step:?} fails for good");
            }
        }
        assert_eq!(failures, 1, "{lost}");
        assert_eq!(stage.aws.stages(WEB, "second"), ["AWSCURRENT"], "{lost}");
        assert!(stage.takes(&stage.login("AWSCURRENT")).await, "{lost}");
        assert!(stage.aws.count("UpdateService") > 0, "{lost}");
    }
}

/// A password set by a rotation that was abandoned does not block the next rotation.
#[tokio::test]
async fn a_rotation_that_was_given_up_is_made_good_by_the_next() {
    let stage = Stage::new(RotationStrategy::Single).await;
    stage.aws.begin(WEB, "second");
    stage.step(Step::CreateSecret, "second").await.unwrap();
    stage.step(Step::SetSecret, "second").await.unwrap();
    assert!(!stage.takes(&stage.login("AWSCURRENT")).await);
    stage.rotate("third").await;
    assert!(stage.takes(&stage.login("AWSCURRENT")).await);
}

#[tokio::test]
async fn a_service_that_is_not_deployed_alarms_and_rolls_nothing_back() {
    let stage = Stage::new(RotationStrategy::Single).await;
    stage.aws.begin(WEB, "second");
    for step in &STEPS[..3] {
        stage.step(*step, "second").await.unwrap();
    }
    stage.aws.refuse("UpdateService", true);
    for _ in 0..2 {
        let error = stage.step(Step::FinishSecret, "second").await.unwrap_err();
        assert!(error.contains("the secret is rotated") && error.contains("AccessDenied"), "{error}");
        assert_eq!(stage.aws.stages(WEB, "second"), ["AWSCURRENT"]);
        assert!(stage.takes(&stage.login("AWSCURRENT")).await);
    }
    stage.aws.refuse("UpdateService", false);
    stage.step(Step::FinishSecret, "second").await.unwrap();
    let done = stage.state();
    stage.step(Step::FinishSecret, "second").await.unwrap();
    assert_eq!(stage.state(), done, "tasks are replaced once");
}

#[tokio::test]
async fn what_is_not_being_rotated_is_refused() {
    let stage = Stage::new(RotationStrategy::Single).await;
    stage.aws.begin(WEB, "second");
    for (version, said) in [("other", "no such version"), ("first", "")] {
        for step in STEPS {
            match stage.step(step, version).await {
                Ok(()) => assert_eq!((version, said), ("first", ""), "the current version is done"),
                Err(error) => assert!(!said.is_empty() && error.contains(said), "{version}: {error}"),
            }
        }
    }
    for step in [Step::SetSecret, Step::FinishSecret] {
        let error = stage.step(step, "second").await.unwrap_err();
        assert!(error.contains("createSecret comes first"), "{step:?}: {error}");
    }
    stage.aws.turn_off(WEB);
    for step in STEPS {
        let error = stage.step(step, "second").await.unwrap_err();
        assert!(error.contains("turned off"), "{error}");
    }
    assert!(stage.takes(&stage.login("AWSCURRENT")).await);
    assert_eq!(stage.aws.count("PutSecretValue"), 0);
}

/// Secrets Manager's trial when a schedule is set up: `testSecret` alone, with a version that is deleted afterwards.
#[tokio::test]
async fn a_schedule_that_begins_later_is_tried_with_the_current_login() {
    let stage = Stage::new(RotationStrategy::Single).await;
    stage.aws.begin(WEB, "trial");
    let before = stage.state();
    stage.step(Step::TestSecret, "trial").await.unwrap();
    assert_eq!(stage.state(), before, "a trial changes nothing");

    // As before the first `whc logins`: the database does not have the user of the secret.
    let other = format!("ALTER ROLE {} PASSWORD 'other'", stage.member.user);
    stage.database.execute(&other).await.unwrap();
    let error = stage.step(Step::TestSecret, "trial").await.unwrap_err();
    assert!(error.contains("refuses the user or the password"), "{error}");
}

/// A writer of the secret must not be able to change the passwords of other users with it.
#[tokio::test]
async fn a_secret_cannot_name_somebody_else() {
    let stage = Stage::new(RotationStrategy::Single).await;
    let admin = stage.database.config();
    stage.aws.add(WEB, &value(&admin));
    stage.aws.begin(WEB, "second");
    stage.step(Step::CreateSecret, "second").await.unwrap();
    let error = stage.step(Step::SetSecret, "second").await.unwrap_err();
    assert!(error.contains(&admin.user) && error.contains("not changed here"), "{error}");
    stage.database.execute("SELECT 1").await.unwrap();

    stage.aws.add(WEB, &value(&stage.member));
    let error = stage.step(Step::SetSecret, "second").await.unwrap_err();
    assert!(error.contains("no such version"), "{error}");
}
