//! Keys of sessions: how their secret goes through the steps.

use std::time::Duration;

use whc_aws::testing::FakeAws;
use whc_core::config::SecretKeys;
use whc_lambda::rotation::{EcsService, Order, Rotation, RotationConfig, Step};

use super::{MASTER, STEPS, elsewhere};

pub(super) const KEYS: &str = "whc/session_keys";
/// As Terraform makes one.
pub(super) const FIRST: &str =
    "8Zr2Q0cVtq1mYb7xWn5KdLs3GhJf9PoUeRaTiBwXyMvCzNk4E6D8Zr2Q0cVtq1mYb7xWn5KdLs3GhJf9Po";

pub(super) fn config() -> RotationConfig {
    let mut config = RotationConfig::new(MASTER);
    config.session_keys = Some(KEYS.to_owned());
    config.service = Some(EcsService::new("whc", "web"));
    config
}

async fn step(aws: &FakeAws, config: &RotationConfig, step: Step, version: &str) -> Result<(), String> {
    let rotation = Rotation::new(config, &elsewhere(), &aws.settings()).unwrap();
    let (secret_id, client_request_token) = (KEYS.to_owned(), version.to_owned());
    let order = Order { step, secret_id, client_request_token };
    rotation.carry_out(&order).await.map_err(|error| error.report())
}

fn keys(aws: &FakeAws, stage: &str) -> Vec<String> {
    let keys = SecretKeys::parse(&aws.value(KEYS, stage).unwrap()).unwrap();
    keys.secrets().iter().map(|key| key.reveal().to_owned()).collect()
}

#[tokio::test]
async fn a_key_is_told_of_first_and_used_by_the_next_rotation() {
    let (aws, mut config) = (FakeAws::start().await, config());
    config.keys_settle = Duration::ZERO;
    aws.add(KEYS, FIRST);
    let mut before = keys(&aws, "AWSCURRENT");
    for (number, version) in ["second", "third", "fourth"].into_iter().enumerate() {
        aws.begin(KEYS, version);
        for at in STEPS {
            for _ in 0..2 {
                step(&aws, &config, at, version).await.unwrap();
            }
        }
        let now = keys(&aws, "AWSCURRENT");
        assert_eq!(now[0], *before.get(1).unwrap_or(&before[0]), "{version}");
        assert!(!before.contains(&now[1]), "{version}");
        assert!(before.iter().all(|key| now.contains(key)), "{version}");
        assert_eq!(aws.count("UpdateService"), number + 1, "{version}: tasks take it at their start");
        before = now;
    }
}

#[tokio::test]
async fn two_rotations_in_a_day_are_refused() {
    let (aws, config) = (FakeAws::start().await, config());
    aws.add(KEYS, FIRST);
    aws.begin(KEYS, "second");
    for at in STEPS {
        step(&aws, &config, at, "second").await.unwrap();
    }
    aws.begin(KEYS, "third");
    let error = step(&aws, &config, Step::CreateSecret, "third").await.unwrap_err();
    assert!(error.contains("rotated within the last 24 hours"), "{error}");
    assert_eq!(keys(&aws, "AWSCURRENT")[0], FIRST);
}
