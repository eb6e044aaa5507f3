//! The headers of cached responses. Most are the same for many responses: those are kept once, so that a hit reads what the
//! hits before it have read.

use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;
use http::header::{CONTENT_LENGTH, HeaderName, HeaderValue, LINK};

/// Headers that differ between responses of the same kind.
const OWN: [HeaderName; 2] = [CONTENT_LENGTH, LINK];
/// How many kinds of responses are known at a time. A new one takes the place of the oldest.
const MAX_KINDS: usize = 64;

/// The headers of a response, and those of the 304 to a client that has it.
#[derive(Clone, Debug)]
pub(crate) struct CachedHeaders {
    kind: Arc<Kind>,
    own: Vec<(HeaderName, HeaderValue)>,
}

#[derive(Debug, PartialEq)]
struct Kind {
    /// All names, with placeholders for the values of [`OWN`].
    whole: HeaderMap,
    not_modified: HeaderMap,
}

impl CachedHeaders {
    /// These headers; `not_modified` has none of [`OWN`].
    pub(crate) fn new(mut whole: HeaderMap, not_modified: HeaderMap) -> Self {
        let mut own = Vec::new();
        for name in OWN {
            if let Some(value) = whole.get_mut(&name) {
                own.push((name, std::mem::replace(value, HeaderValue::from_static("-"))));
            }
        }
        Self { kind: Arc::new(Kind { whole, not_modified }), own }
    }

    /// The headers of the response.
    pub(crate) fn whole(&self) -> HeaderMap {
        let mut headers = self.kind.whole.clone();
        for (name, value) in &self.own {
            // In place: an insertion would make a full map larger even where it replaces a value.
            if let Some(placeholder) = headers.get_mut(name) {
                placeholder.clone_from(value);
            }
        }
        headers
    }

    /// The headers of a 304.
    pub(crate) fn not_modified(&self) -> HeaderMap {
        self.kind.not_modified.clone()
    }
}

/// The kinds of responses seen last.
#[derive(Debug, Default)]
pub(super) struct Kinds(Mutex<Vec<Arc<Kind>>>);

impl Kinds {
    /// Has `headers` share what other headers of their kind have.
    pub(super) fn share(&self, headers: &mut CachedHeaders) {
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kinds.iter().find(|known| ***known == *headers.kind) {
            headers.kind = Arc::clone(known);
            return;
        }
        if kinds.len() >= MAX_KINDS {
            kinds.remove(0);
        }
        kinds.push(Arc::clone(&headers.kind));
    }

    /// Forgets them.
    pub(super) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::HeaderMap;
    use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderValue};

    use super::{CachedHeaders, Kinds, MAX_KINDS};

    fn headers(etag: &str, length: usize) -> (HeaderMap, HeaderMap) {
        let mut not_modified = HeaderMap::new();
        not_modified.insert(ETAG, HeaderValue::try_from(etag).unwrap());
        let mut whole = not_modified.clone();
        whole.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv"));
        whole.insert(CONTENT_LENGTH, HeaderValue::from(length));
        (whole, not_modified)
    }

    #[test]
    fn responses_of_a_kind_share_what_they_have_in_common_and_keep_what_is_their_own() {
        let kinds = Kinds::default();
        let mut kept = Vec::new();
        for length in 0..3 {
            let (whole, not_modified) = headers("\"a\"", length);
            let mut cached = CachedHeaders::new(whole.clone(), not_modified.clone());
            kinds.share(&mut cached);
            assert_eq!((cached.whole(), cached.not_modified()), (whole, not_modified));
            kept.push(cached);
        }
        assert!(kept.iter().all(|cached| Arc::ptr_eq(&cached.kind, &kept[0].kind)));
        for number in 0..2 * MAX_KINDS {
            let (whole, not_modified) = headers(&format!("\"{number}\""), 1);
            let mut cached = CachedHeaders::new(whole.clone(), not_modified);
            kinds.share(&mut cached);
            assert_eq!(cached.whole(), whole);
        }
        assert_eq!(kinds.0.lock().unwrap().len(), MAX_KINDS);
    }
}
