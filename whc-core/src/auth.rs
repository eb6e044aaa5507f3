//! Who asks and what they may do.
//!
//! An [`Authenticator`] turns the [`Credentials`] of a request into a [`Caller`]. A caller makes proofs: [`CaseAccess`],
//! [`ContactReader`], [`Curator`], [`Auditor`]. What is protected takes a proof as an argument, so that a forgotten check
//! does not compile.

mod actor;
mod authenticator;
mod caller;
mod case_set;
mod denied;
mod disabled;
mod proof;
#[cfg(feature = "auth")]
mod token;
mod without_keys;

pub use self::actor::Actor;
pub use self::authenticator::{Authenticator, Credentials, Unauthenticated};
pub use self::caller::Caller;
pub use self::case_set::CaseSet;
pub use self::denied::Denied;
pub(crate) use self::disabled::Disabled;
pub use self::proof::{Access, Auditor, CaseAccess, ContactReader, Curator, Erase, Read, Write};
#[cfg(feature = "oidc")]
pub(crate) use self::token::{JWK_SET, TokenType, Verifier};
#[cfg(feature = "auth")]
pub use self::token::{JwksSource, TokenAuthenticator};
pub use self::without_keys::WithoutKeys;
pub use crate::scope::{Scope, Scopes};
