//! Writing one site at a time.

mod keys;
mod marks;
mod site;
mod writing;

use super::expect;
use crate::repository::SiteStore;

/// What a store promises about single sites. It may hold other sites than those with numbers over 2000.
pub(super) async fn check(store: &dyn SiteStore) {
    expect("a site is created once", writing::creates_once(store)).await;
    expect("a site is changed in the state demanded only", writing::changes(store)).await;
    expect("a state that comes back has another revision", writing::comes_back(store)).await;
    expect("what says the same writes nothing", writing::unchanged(store)).await;
    expect("what is no site changes nothing", writing::invalid(store)).await;
    expect("a site becomes a part of a whole that is there", writing::supersedes(store)).await;
    expect("a rehearsal does nothing", writing::rehearses(store)).await;
    expect("all facts of a site are written", writing::all_facts(store)).await;
    expect("what is set by hand is marked", marks::are_set(store)).await;
    expect("a field is handed back", marks::are_handed_back(store)).await;
    expect("a revision keeps what is marked", marks::are_kept(store)).await;
    expect("a revision overrules where it may", marks::are_overruled(store)).await;
    expect("a request with a key has one outcome", keys::same_again(store)).await;
    expect("a key is one of its caller and target", keys::whose(store)).await;
    expect("a conflict is an outcome too", keys::conflict(store)).await;
    expect("an outcome is kept for a day", keys::forgotten(store)).await;
    expect("a snapshot has revisions and marks", writing::loads(store)).await;
}
