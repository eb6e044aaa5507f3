//! For tests of this crate and of programs that use it: a conformance suite for stores, a mock clock, a database.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "tests call this: what goes wrong here should end the test with a message"
)]

#[cfg(any(feature = "testing-postgres", feature = "testing-valkey"))]
mod authority;
mod clock;
pub mod conformance;
#[cfg(feature = "testing-postgres")]
mod database;
mod many;
#[cfg(any(feature = "testing-postgres", feature = "testing-valkey"))]
mod proxy;
#[cfg(feature = "testing-valkey")]
mod valkey;

#[cfg(any(feature = "testing-postgres", feature = "testing-valkey"))]
pub use self::authority::Authority;
pub use self::clock::MockClock;
#[cfg(feature = "testing-postgres")]
pub use self::database::{TestDatabase, execute};
pub use self::many::{described, multiplied};
#[cfg(any(feature = "testing-postgres", feature = "testing-valkey"))]
pub use self::proxy::CuttableProxy;
#[cfg(feature = "testing-valkey")]
pub use self::valkey::TestValkey;
