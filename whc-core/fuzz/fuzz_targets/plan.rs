//! An import of any bytes over the list compiled in: what is planned once is not planned again.

#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use whc_core::Site;
use whc_core::import::{self, Options};

static KNOWN: LazyLock<Vec<Arc<Site>>> = LazyLock::new(|| {
    whc_core::site::embedded().map(|sites| sites.into_iter().map(Arc::new).collect()).unwrap_or_default()
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(export) = import::read(bytes, None) else { return };
    let Ok(plan) = import::plan(&*KNOWN, &export, &Options::default()) else { return };
    let mut after = KNOWN.clone();
    for site in plan.sites {
        match after.binary_search_by_key(&site.id, |known| known.id) {
            Ok(at) => after[at] = Arc::new(site),
            Err(at) => after.insert(at, Arc::new(site)),
        }
    }
    let again = import::plan(&after, &export, &Options::default()).expect("what was planned once");
    assert!(again.sites.is_empty(), "{:?}", again.summary);
});
