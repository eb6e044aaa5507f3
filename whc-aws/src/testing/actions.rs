//! What each action does, as the documentation of AWS has it.

use serde_json::{Value, json};

use super::{FakeSecret, State};

type Outcome = Result<Value, &'static str>;

const NOT_FOUND: &str = "ResourceNotFoundException";
const DENIED: &str = "AccessDeniedException";

/// Does an action, unless it is refused; the name of an error otherwise.
pub(super) fn act(state: &mut State, action: &str, input: &Value) -> Outcome {
    state.now += 1;
    state.calls.push(action.to_owned());
    if state.refused.contains(action) {
        return Err(DENIED);
    }
    let output = match action {
        "GetRandomPassword" => Ok(json!({"RandomPassword": made_up(state.now, input)})),
        "DescribeServices" => Ok(services(&state.deployments)),
        "UpdateService" => {
            state.deployments.push(state.now);
            Ok(json!({}))
        }
        _ => on_secret(state, action, input),
    }?;
    if state.lost.remove(action) { Err(DENIED) } else { Ok(output) }
}

/// Another one each time, as long as it is to be.
fn made_up(now: u32, input: &Value) -> String {
    let length = input["PasswordLength"].as_u64().unwrap_or(32);
    let letters = format!("madeup{now}x").into_bytes().into_iter().chain((b'a'..=b'z').cycle());
    (0..length).zip(letters).map(|(_, letter)| char::from(letter)).collect()
}

fn on_secret(state: &mut State, action: &str, input: &Value) -> Outcome {
    let now = state.now;
    let secret = state.secrets.get_mut(text(input, "SecretId")).ok_or(NOT_FOUND)?;
    match action {
        "GetSecretValue" => get(secret, text(input, "VersionStage")),
        "DescribeSecret" => Ok(describe(secret)),
        "PutSecretValue" => put(secret, input, now),
        "UpdateSecretVersionStage" => update_stage(secret, input, now),
        _ => Err("UnknownOperationException"),
    }
}

fn get(secret: &FakeSecret, stage: &str) -> Outcome {
    let mut versions = secret.versions.values().filter(|version| version.stages.contains(stage));
    let value = versions.find_map(|version| version.value.clone()).ok_or(NOT_FOUND)?;
    Ok(json!({"SecretString": value}))
}

fn describe(secret: &FakeSecret) -> Value {
    let versions = secret.versions.iter().map(|(id, version)| (id.clone(), json!(version.stages)));
    json!({
        "RotationEnabled": secret.rotates,
        "LastChangedDate": secret.changed,
        "VersionIdsToStages": versions.collect::<serde_json::Map<_, _>>(),
    })
}

fn put(secret: &mut FakeSecret, input: &Value, now: u32) -> Outcome {
    let (id, value) = (text(input, "ClientRequestToken"), text(input, "SecretString"));
    let known = secret.versions.get(id).and_then(|version| version.value.as_deref());
    if known.is_some_and(|known| known != value) {
        return Err("ResourceExistsException");
    }
    secret.versions.entry(id.to_owned()).or_default().value = Some(value.to_owned());
    for stage in input["VersionStages"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        secret.attach(id, stage);
    }
    secret.changed = now;
    Ok(json!({"VersionId": id}))
}

fn update_stage(secret: &mut FakeSecret, input: &Value, now: u32) -> Outcome {
    let stage = text(input, "VersionStage");
    let holder = secret.versions.iter().find(|(_, version)| version.stages.contains(stage));
    if holder.is_some_and(|(id, _)| id != text(input, "RemoveFromVersionId")) {
        return Err("InvalidParameterException");
    }
    let next = text(input, "MoveToVersionId");
    secret.attach(next, stage);
    // What becomes current is pending no more.
    secret.versions.entry(next.to_owned()).and_modify(|version| {
        version.stages.remove("AWSPENDING");
    });
    secret.attach(text(input, "RemoveFromVersionId"), "AWSPREVIOUS");
    secret.changed = now;
    Ok(json!({}))
}

/// The last deployment is the one that counts.
fn services(deployments: &[u32]) -> Value {
    let deployments: Vec<_> = deployments
        .iter()
        .rev()
        .enumerate()
        .map(|(age, at)| json!({"status": if age == 0 { "PRIMARY" } else { "ACTIVE" }, "createdAt": at}))
        .collect();
    json!({"services": [{"deployments": deployments}]})
}

fn text<'a>(input: &'a Value, name: &str) -> &'a str {
    input[name].as_str().unwrap_or_default()
}
