//! Tokens of a user of Valkey, on a real one, with ElastiCache in memory.

use std::sync::{Arc, Weak};
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinHandle;
use whc_aws::testing::FakeAws;
use whc_core::Valkey;
use whc_core::config::{Secret, SecretKeys, ValkeyConfig};
use whc_core::testing::TestValkey;
use whc_lambda::rotation::{Order, Rotation, RotationConfig, Step};

use super::{MASTER, STEPS, elsewhere};

pub(super) const TOKEN: &str = "whc/valkey_web";
const FIRST: &str = "the-first-token-of-this-user";

/// A Valkey whose user has a token, and an ElastiCache that changes it.
pub(super) struct Cache {
    pub(super) valkey: Arc<TestValkey>,
    pub(super) aws: Arc<FakeAws>,
    managing: JoinHandle<()>,
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.managing.abort();
    }
}

impl Cache {
    pub(super) async fn new() -> Self {
        let (valkey, aws) = (Arc::new(TestValkey::protected().await), Arc::new(FakeAws::start().await));
        let user = valkey.config().user;
        valkey.set_passwords(&user, &[FIRST.to_owned()]).await;
        let value = json!({"engine": "valkey", "username": user, "password": FIRST, "note": "kept"});
        aws.add(TOKEN, &value.to_string());
        let managing = tokio::spawn(manage(Arc::downgrade(&valkey), Arc::clone(&aws)));
        Self { valkey, aws, managing }
    }

    /// Where it is, without a login.
    pub(super) fn place(&self) -> ValkeyConfig {
        let mut place = self.valkey.config();
        place.user.clear();
        place.password = None;
        place
    }

    /// A sandbox of the function.
    pub(super) fn rotation(&self, config: &RotationConfig) -> Rotation {
        let settings = self.aws.settings();
        let rotation = Rotation::new(config, &elsewhere(), &settings).unwrap();
        rotation.with_cache(&self.place(), &settings).unwrap()
    }

    async fn step(&self, step: Step, version: &str) -> Result<(), String> {
        let order = Order { step, secret_id: TOKEN.to_owned(), client_request_token: version.to_owned() };
        let mut config = RotationConfig::new(MASTER);
        config.service = Some(super::EcsService::new("whc", "web"));
        self.rotation(&config).carry_out(&order).await.map_err(|error| error.report())
    }

    fn token(&self, stage: &str) -> String {
        let value: serde_json::Value = serde_json::from_str(&self.aws.value(TOKEN, stage).unwrap()).unwrap();
        assert_eq!((&value["note"], &value["engine"]), (&json!("kept"), &json!("valkey")));
        value["password"].as_str().unwrap().to_owned()
    }

    async fn takes(&self, token: &str) -> bool {
        let mut config = self.valkey.config();
        config.password = Some(Secret::new(token));
        Valkey::new(&config, &SecretKeys::for_development()).unwrap().ready().await.is_ok()
    }
}

/// Has the server follow what `ModifyUser` said, a little later, as ElastiCache does.
async fn manage(valkey: Weak<TestValkey>, aws: Arc<FakeAws>) {
    let mut known = Vec::new();
    // Held for moments only: a server is stopped by whoever has it last, which must not be a task that is ended.
    while let Some(valkey) = valkey.upgrade() {
        let user = valkey.config().user;
        let wanted = aws.passwords(&user);
        if wanted != known {
            valkey.set_passwords(&user, &wanted).await;
            known = wanted;
        }
        drop(valkey);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_last_token_counts_until_the_next_rotation() {
    let cache = Cache::new().await;
    let mut tokens = vec![FIRST.to_owned()];
    for version in ["second", "third", "fourth"] {
        cache.aws.begin(TOKEN, version);
        for step in STEPS {
            cache.step(step, version).await.unwrap();
        }
        tokens.push(cache.token("AWSCURRENT"));
        let mut taken = Vec::new();
        for token in &tokens {
            taken.push(cache.takes(token).await);
        }
        let expected: Vec<_> = (0..tokens.len()).map(|at| at + 2 >= tokens.len()).collect();
        assert_eq!(taken, expected, "{version}");
    }
    assert_eq!(cache.aws.count("ModifyUser"), 3);
    assert_eq!(cache.aws.count("UpdateService"), 0, "programs ask for it themselves");
}

#[tokio::test]
async fn every_step_can_be_repeated_and_a_lost_answer_is_made_good() {
    let cache = Cache::new().await;
    cache.aws.begin(TOKEN, "second");
    cache.aws.lose("ModifyUser");
    cache.step(Step::CreateSecret, "second").await.unwrap();
    let error = cache.step(Step::SetSecret, "second").await.unwrap_err();
    assert!(error.contains("ElastiCache does not take the token"), "{error}");
    for step in [Step::SetSecret, Step::CreateSecret, Step::SetSecret, Step::TestSecret, Step::TestSecret] {
        cache.step(step, "second").await.unwrap();
    }
    for _ in 0..2 {
        cache.step(Step::FinishSecret, "second").await.unwrap();
    }
    assert_eq!(cache.aws.stages(TOKEN, "second"), ["AWSCURRENT"]);
    assert!(cache.takes(&cache.token("AWSCURRENT")).await && cache.takes(FIRST).await);
}

#[tokio::test]
async fn a_secret_names_its_own_user_only() {
    let cache = Cache::new().await;
    cache.aws.begin(TOKEN, "second");
    cache.step(Step::CreateSecret, "second").await.unwrap();
    let other = json!({"engine": "valkey", "username": "somebody-else", "password": FIRST, "note": "kept"});
    cache.aws.add(TOKEN, &other.to_string());
    cache.aws.begin(TOKEN, "third");
    cache.step(Step::CreateSecret, "third").await.unwrap();
    let error = cache.step(Step::TestSecret, "third").await.unwrap_err();
    assert!(error.contains("Valkey cannot be reached"), "what is not accepted is not tried out: {error}");
    assert_eq!(cache.aws.count("ModifyUser"), 0);
}

#[tokio::test]
async fn without_a_cache_its_tokens_are_not_rotated() {
    let cache = Cache::new().await;
    cache.aws.begin(TOKEN, "second");
    let rotation = Rotation::new(&RotationConfig::new(MASTER), &elsewhere(), &cache.aws.settings()).unwrap();
    let (secret_id, client_request_token) = (TOKEN.to_owned(), "second".to_owned());
    let order = Order { step: Step::CreateSecret, secret_id, client_request_token };
    let error = rotation.carry_out(&order).await.unwrap_err().to_string();
    assert!(error.contains("VALKEY_HOST is not set here"), "{error}");
}
