//! What the targets share: imports over the list compiled in, and panics that a reader catches.

use std::panic;
use std::sync::{Arc, LazyLock};

use whc_core::Site;
use whc_core::import::{self, Export, Options};

/// The list compiled in, as a store would hold it.
static KNOWN: LazyLock<Vec<Arc<Site>>> =
    LazyLock::new(|| whc_core::site::embedded().expect("the list").into_iter().map(Arc::new).collect());

/// Plans an import over the list compiled in: what was written once is not written again.
pub fn import_twice(export: &Export) {
    let options = Options::default();
    let Ok(plan) = import::plan(&*KNOWN, export, &options) else { return };
    let mut after = KNOWN.clone();
    for site in plan.sites {
        match after.binary_search_by_key(&site.id, |known| known.id) {
            Ok(at) => after[at] = Arc::new(site),
            Err(at) => after.insert(at, Arc::new(site)),
        }
    }
    let again = import::plan(&after, export, &options).expect("a plan for what was planned once");
    assert!(again.sites.is_empty(), "{:?}", again.summary);
}

/// Lets a reader catch the panics of a library: the hook of libfuzzer ends the process before it can. What is caught
/// nowhere still fails the target.
pub fn let_readers_catch_panics() {
    panic::set_hook(Box::new(|_| {}));
}
