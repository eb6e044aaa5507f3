//! The conformance suites for stores: checks that panic with the name of what fails.
//!
//! A store that can be written passes [`check_store`]; a repository that only reads passes [`check`] once it holds the
//! [`fixture`].
//!
//! ```
//! use whc_core::{MemorySites, testing::conformance};
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! conformance::check_store(&MemorySites::new([])).await;
//! conformance::check(&MemorySites::new(conformance::fixture())).await;
//! # });
//! ```

mod comparison;
mod contacts;
mod curating;
mod fixture;
mod history;
mod imports;
mod queries;
mod reading;
#[cfg(feature = "oidc")]
mod sessions;
mod writing;

use self::comparison::{equal, equal_items, equal_sites};
pub use self::contacts::check_contacts;
pub use self::fixture::fixture;
#[cfg(feature = "oidc")]
pub use self::sessions::check_sessions;
use crate::error::Error;
use crate::repository::{SiteRepository, SiteStore};
use crate::site::Site;

/// The outcome of a check, or what is wrong.
type Outcome<T = ()> = Result<T, String>;

/// Checks how a repository is read. It must hold exactly the [`fixture`].
///
/// # Panics
/// A check fails; the message names it.
pub async fn check(repository: &dyn SiteRepository) {
    expect("it is ready", reading::ready(repository)).await;
    expect("every site is found by its id, with all its facts", reading::get(repository)).await;
    expect("a site that is not there is None", reading::absent(repository)).await;
    expect("a list has the sites of the status asked for", reading::status(repository)).await;
    expect("pages make up the list, each with its total", reading::pages(repository)).await;
    expect("a page past the end is empty and has the total", reading::past_the_end(repository)).await;
    expect("a query gives what SiteQuery::select and facets give", queries::answers(repository)).await;
    expect("the history has an order, and parts of it", history::answers(repository)).await;
    expect("the version is short, visible and stays", reading::version(repository)).await;
}

/// Checks how a store is written and read. It must be empty, and holds sites afterwards.
///
/// # Panics
/// A check fails; the message names it.
pub async fn check_store(store: &dyn SiteStore) {
    expect("an empty store has no sites", writing::starts_empty(store)).await;
    expect("an empty store has no history", history::starts_empty(store)).await;
    expect("new sites are inserted", writing::insert(store)).await;
    expect("the history tells of new sites", history::all_added(store)).await;
    check(store).await;
    expect("a revision sees every site, ordered by id", writing::sees_everything(store)).await;
    expect("writing nothing leaves the version", writing::nothing(store)).await;
    expect("writing a site as it is leaves the version", writing::unchanged(store)).await;
    expect("an error passes through and nothing changes", writing::error(store)).await;
    expect("the history has nothing that did not happen", history::all_added(store)).await;
    expect("a replaced site keeps none of its old facts", writing::replace(store)).await;
    expect("of two sites with the same id the later counts", writing::twice(store)).await;
    expect("revisions at the same time all apply", writing::concurrent(store)).await;
    expect("the history tells what changed and whence", history::tells(store)).await;
    expect("the history has an order, and parts of it", history::answers(store)).await;
    curating::check(store).await;
    imports::check(store).await;
}

/// No sites.
const NONE: &[Site] = &[];

async fn expect(promise: &str, check: impl Future<Output = Outcome>) {
    if let Err(broken) = check.await {
        panic!("not so: \"{promise}\": {broken}");
    }
}

fn failed(error: Error) -> String {
    // By value, so that it fits `map_err`.
    let text = error.report();
    drop(error);
    text
}
