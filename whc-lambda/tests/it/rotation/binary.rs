//! The binary as Lambda runs it, with the variables it gets there.

use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;
use whc_lambda::rotation::RotationStrategy;

use super::{MASTER, Stage, WEB};
use crate::runtime_api::RuntimeApi;

const PATIENCE: Duration = Duration::from_secs(30);

fn rotation() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whc-rotation"));
    command.env_clear().stderr(Stdio::piped());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn events_and_variables_are_read_as_aws_gives_them() {
    let (stage, api) = (Stage::new(RotationStrategy::Single).await, RuntimeApi::start().await);
    let database = &stage.place;
    let authority = database.root_certificates.as_ref().unwrap();
    let mut child = rotation()
        .env("AWS_LAMBDA_RUNTIME_API", api.address().to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "whc-rotation")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .envs([("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")])
        .envs([("AWS_REGION", "eu-central-1"), ("AWS_ENDPOINT_URL", &stage.aws.url())])
        .envs([("MASTER_SECRET_ARN", MASTER), ("ROTATION_STRATEGY", "single"), ("LOG_FORMAT", "json")])
        .envs([("ECS_CLUSTER", "whc"), ("ECS_SERVICE", "web")])
        .envs([("DB_HOST", &*database.host), ("DB_PORT", &database.port.to_string())])
        .envs([("DB_NAME", &*database.name), ("DB_SSLMODE", "verify-full")])
        .env("DB_SSLROOTCERT", authority)
        .spawn()
        .unwrap();
    let event = |step: &str| {
        json!({"SecretId": WEB, "ClientRequestToken": "second", "Step": step, "RotationToken": "x"})
            .to_string()
    };
    let last = stage.login("AWSCURRENT");
    stage.aws.begin(WEB, "second");
    for step in ["createSecret", "setSecret", "testSecret", "finishSecret"] {
        let outcome = timeout(PATIENCE, api.invoke(event(step))).await.unwrap();
        assert!(!outcome.failed, "{step}: {:?}", outcome.body);
    }
    assert!(stage.takes(&stage.login("AWSCURRENT")).await && !stage.takes(&last).await);
    assert_eq!(stage.aws.count("UpdateService"), 1);

    stage.aws.turn_off(WEB);
    for wrong in [event("createSecret"), event("dropSecret"), "{}".to_owned()] {
        let outcome = timeout(PATIENCE, api.invoke(wrong)).await.unwrap();
        assert!(outcome.failed, "{:?}", outcome.body);
    }
    child.kill().unwrap();
    let log = child.wait_with_output().unwrap().stderr;
    let log = String::from_utf8(log).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        lines.iter().any(|line| line["level"] == "ERROR" && line["message"] == "the step failed"),
        "{log}"
    );
    let login = stage.login("AWSCURRENT");
    assert!(!log.contains(login.password.as_ref().unwrap().reveal()), "{log}");
}

#[test]
fn what_it_needs_is_said() {
    let run = |variables: &[(&str, &str)]| {
        let output = rotation().envs(variables.iter().copied()).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(run(&[]).contains("AWS_LAMBDA_RUNTIME_API"));
    let api = ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9");
    assert!(run(&[api]).contains("DB_HOST"));
    let place = [api, ("DB_HOST", "db.example"), ("DB_NAME", "whc"), ("DB_USER", "x")];
    assert!(run(&place).contains("MASTER_SECRET_ARN"));
    let plain = [place[0], place[1], place[2], ("MASTER_SECRET_ARN", "x")];
    assert!(run(&plain).contains("DB_SSLMODE=verify-full"), "what is not said is not encrypted");
    let half = [place[0], place[1], place[2], ("MASTER_SECRET_ARN", "x"), ("ECS_CLUSTER", "x")];
    assert!(run(&half).contains("ECS_SERVICE"));
}
