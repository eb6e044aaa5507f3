//! Checks of writing contacts one by one.

use serde_json::json;

use super::case::{Case, trace};
use crate::auth::Write;
use crate::contact::{ContactVersion, IfMatch, TextField};
use crate::repository::{ContactRepository, Deletion, Patching, Placement};
use crate::site::SiteId;
use crate::testing::conformance::{Outcome, equal, failed};

pub(super) async fn keeps(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, (1 << 53) - 1);
    let body = json!({"title": "Dr.", "first_name": "Zoë 'Robert'); --", "last_name": "  Ünal ", "site_id": 32,
        "phone_no": "+44 (0)20 7946-0958 EXT. 7", "address": "1 Road\r\n\u{1f3db} \\ \"Town\"\n"});
    let created = case.created(&body, 1).await?;
    let found = case.get().await?.ok_or("it is gone")?;
    if found != created {
        return Err("it is another one than was created".to_owned());
    }
    for field in TextField::ALL {
        equal(field.name(), &found.details.text(field), &body[field.name()].as_str())?;
    }
    equal("the site", &found.details.site().map(SiteId::get), &Some(32))?;
    equal("the times", &[found.created, found.updated], &[trace(1).at(); 2])?;
    let event = case.events().await?.pop().ok_or("there is no event")?;
    equal("the time of the event", &event.at, &trace(1).at())?;
    equal("the actor", &event.actor, case.caller.actor())?;
    equal("the request", &event.request_id.as_str(), &"request-1")?;
    let told = "create title first_name last_name phone_no address site_id";
    equal("the events", &case.told().await?, &vec![told.to_owned()])
}

pub(super) async fn creates_once(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 101);
    let created = case.created(&json!({"first_name": "Ada"}), 1).await?;
    let again = case.put(&json!({"first_name": "Bob"}), None, 2).await?;
    equal("a second one", &again, &Placement::Exists(created.version.clone()))?;
    equal("the contact", &case.get().await?, &Some(created))?;
    equal("the events", &case.told().await?, &vec!["create first_name".to_owned()])
}

pub(super) async fn replaces(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 102);
    let missing = case.put(&json!({"title": "Ms"}), Some(&IfMatch::Any), 1).await?;
    equal("one that is not there", &missing, &Placement::Missing)?;
    let first = case.created(&json!({"title": "Ms", "last_name": "King"}), 2).await?;
    let body = json!({"first_name": "Ada", "last_name": "King"});
    let wrong = IfMatch::OneOf(vec![ContactVersion::new("another")]);
    let stale = case.put(&body, Some(&wrong), 3).await?;
    equal("with another state", &stale, &Placement::Stale(first.version.clone()))?;
    let either = IfMatch::OneOf(vec![ContactVersion::new("another"), first.version.clone()]);
    let Placement::Replaced(second) = case.put(&body, Some(&either), 4).await? else {
        return Err("not replaced".to_owned());
    };
    if second.version == first.version {
        return Err("the version did not change".to_owned());
    }
    equal("the times", &[second.created, second.updated], &[trace(2).at(), trace(4).at()])?;
    equal("the contact", &case.get().await?, &Some(second.clone()))?;
    let same = case.put(&body, Some(&IfMatch::Any), 5).await?;
    equal("the same once more", &same, &Placement::Unchanged(second))?;
    let told = ["create title last_name", "update title first_name"].map(str::to_owned);
    equal("the events", &case.told().await?, &told.to_vec())
}

pub(super) async fn patches(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 103);
    let apply = async |body, if_match: &IfMatch<ContactVersion>, at| {
        let (access, patch) = (case.access::<Write>(), case.patch(&body)?);
        store.patch(&access, &patch, if_match, &trace(at)).await.map_err(failed)
    };
    let missing = apply(json!({"title": "Ms"}), &IfMatch::Any, 1).await?;
    equal("one that is not there", &missing, &Patching::Missing)?;
    let first = case.created(&json!({"title": "Ms", "last_name": "King", "site_id": 1}), 2).await?;
    let wrong = IfMatch::OneOf(Vec::new());
    let stale = apply(json!({"title": "Dr."}), &wrong, 3).await?;
    equal("with another state", &stale, &Patching::Stale(first.version.clone()))?;
    let body = json!({"title": null, "first_name": "Ada", "site_id": null});
    let Patching::Changed(second) = apply(body.clone(), &IfMatch::only(&first.version), 4).await? else {
        return Err("not changed".to_owned());
    };
    equal("what it says", &second.details.names(), &vec!["first_name", "last_name"])?;
    equal("the last name", &second.details.text(TextField::LastName), &Some("King"))?;
    equal("the contact", &case.get().await?, &Some(second.clone()))?;
    let same = apply(body, &IfMatch::Any, 5).await?;
    equal("the same once more", &same, &Patching::Unchanged(second.clone()))?;
    let nothing = apply(json!({"first_name": null, "last_name": " "}), &IfMatch::Any, 6).await?;
    if !matches!(nothing, Patching::Invalid(_)) {
        return Err(format!("a patch leaves nothing and is {nothing:?}"));
    }
    equal("the contact", &case.get().await?, &Some(second))?;
    let told = ["create title last_name site_id", "update title first_name site_id"].map(str::to_owned);
    equal("the events", &case.told().await?, &told.to_vec())
}

pub(super) async fn deletes(store: &dyn ContactRepository) -> Outcome {
    let case = Case::new(store, 104);
    let delete = async |if_match: &IfMatch<ContactVersion>, at| {
        store.delete(&case.access::<Write>(), if_match, &trace(at)).await.map_err(failed)
    };
    equal("one that is not there", &delete(&IfMatch::Any, 1).await?, &Deletion::Missing)?;
    let first = case.created(&json!({"title": "Ms"}), 2).await?;
    let stale = delete(&IfMatch::OneOf(Vec::new()), 3).await?;
    equal("with another state", &stale, &Deletion::Stale(first.version.clone()))?;
    equal("with its state", &delete(&IfMatch::only(&first.version), 4).await?, &Deletion::Deleted)?;
    equal("the contact", &case.get().await?, &None)?;
    let second = case.created(&json!({"title": "Ms"}), 5).await?;
    if second.version == first.version {
        return Err("a new contact has the version of the old one".to_owned());
    }
    equal(
        "the events",
        &case.told().await?,
        &["create title", "delete ", "create title"].map(str::to_owned).to_vec(),
    )
}
