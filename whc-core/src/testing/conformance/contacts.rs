//! The conformance suite for stores of contacts.

mod case;
mod reading;
mod requests;
mod writing;

use super::expect;
use crate::repository::ContactRepository;

/// Checks a store of contacts. It must be empty, and holds contacts and events afterwards.
///
/// ```
/// use whc_core::{MemoryContacts, testing::conformance};
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # runtime.block_on(async {
/// conformance::check_contacts(&MemoryContacts::new()).await;
/// # });
/// ```
///
/// # Panics
/// A check fails; the message names it.
pub async fn check_contacts(store: &dyn ContactRepository) {
    expect("it is ready", case::ready(store)).await;
    expect("an empty store has no contact and no event", reading::starts_empty(store)).await;
    expect("a contact is kept as it was written", writing::keeps(store)).await;
    expect("a contact is created once", writing::creates_once(store)).await;
    expect("a contact is replaced in the state demanded only", writing::replaces(store)).await;
    expect("a patch changes what it names", writing::patches(store)).await;
    expect("a contact is deleted in the state demanded only", writing::deletes(store)).await;
    expect("a request with a key has one outcome", requests::same_again(store)).await;
    expect("a key is one of its caller, method and path", requests::whose(store)).await;
    expect("a conflict is an outcome too", requests::conflict(store)).await;
    expect("an outcome is kept for a day", requests::forgotten(store)).await;
    expect("a reader sees the contacts of their cases", reading::lists(store)).await;
    expect("a query gives what AuditQuery::select gives", reading::queries(store)).await;
    expect("an export has the contact and its events", reading::exports(store)).await;
    expect("erasing leaves nothing but the audit", requests::erases(store)).await;
}
