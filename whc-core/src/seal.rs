//! Values that were in other hands: whether one of ours wrote them, and for this place.

use ring::digest::{self, Digest, SHA256};

use crate::config::SecretKeys;
use crate::error::Result;
use crate::keyring::{AuthenticationKeys, Keyring};

/// The length of a signature.
const LENGTH: usize = 32;

/// Signs values and checks them. A value counts under the name only that it was signed for, so that nobody can put a true one in
/// the place of another.
#[derive(Debug)]
pub(crate) struct Seal(AuthenticationKeys);

impl Seal {
    /// The seal of values for this purpose.
    ///
    /// # Errors
    /// No key can be derived, which is a fault.
    pub(crate) fn new(secrets: &SecretKeys, purpose: &str) -> Result<Self> {
        Keyring::new(secrets).authentication(purpose).map(Self)
    }

    /// The value with its signature in front of it.
    pub(crate) fn close(&self, name: &str, value: &[u8]) -> Vec<u8> {
        let signature = self.0.tag(digest(name, value).as_ref());
        let mut sealed = Vec::with_capacity(LENGTH + value.len());
        sealed.extend_from_slice(signature.as_ref().map_or(&[], AsRef::as_ref));
        sealed.extend_from_slice(value);
        sealed
    }

    /// The value, if it is signed for this name.
    pub(crate) fn open<'a>(&self, name: &str, sealed: &'a [u8]) -> Option<&'a [u8]> {
        let (signature, value) = sealed.split_at_checked(LENGTH)?;
        self.0.verify(digest(name, value).as_ref(), signature).then_some(value)
    }
}

/// Of both, so that megabytes are not copied to be signed in one piece. The length keeps the end of a name apart from the
/// beginning of a value.
fn digest(name: &str, value: &[u8]) -> Digest {
    let mut context = digest::Context::new(&SHA256);
    context.update(&(name.len() as u64).to_be_bytes());
    context.update(name.as_bytes());
    context.update(value);
    context.finish()
}

#[cfg(test)]
mod tests {
    use super::Seal;
    use crate::config::SecretKeys;

    const ONE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const OTHER: &str = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    fn seal(secrets: &[&str], purpose: &str) -> Seal {
        Seal::new(&SecretKeys::parse(&secrets.join(",")).unwrap(), purpose).unwrap()
    }

    #[test]
    fn a_value_counts_where_it_was_signed_for_and_nowhere_else() {
        let ours = seal(&[ONE], "answers");
        let sealed = ours.close("name", b"value");
        assert_eq!(ours.open("name", &sealed), Some(&b"value"[..]));
        assert_eq!(ours.open("namev", &sealed), None, "another name");
        assert_eq!(ours.open("namev", &ours.close("name", b"value")), None, "another end of the name");
        assert_eq!(seal(&[ONE], "snapshots").open("name", &sealed), None, "another purpose");
        assert_eq!(seal(&[OTHER], "answers").open("name", &sealed), None, "another secret");
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert_eq!(ours.open("name", &other), None, "byte {at}");
            assert_eq!(ours.open("name", &sealed[..at]), None, "cut after {at}");
        }
    }

    #[test]
    fn while_a_secret_is_replaced_both_count_and_the_first_signs() {
        let (old, both, new) = (seal(&[ONE], "p"), seal(&[OTHER, ONE], "p"), seal(&[OTHER], "p"));
        assert_eq!(both.open("n", &old.close("n", b"v")), Some(&b"v"[..]));
        assert_eq!(new.open("n", &both.close("n", b"v")), Some(&b"v"[..]));
        assert_eq!(old.open("n", &both.close("n", b"v")), None);
    }
}
