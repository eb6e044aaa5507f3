//! For tests of this crate and of programs that use it: a suite every store must pass, a database, a still clock.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "tests call this: what goes wrong here should end the test with a message"
)]

mod authority;
mod clock;
pub mod conformance;
mod database;
mod many;
mod proxy;

pub use self::authority::Authority;
pub use self::clock::MockClock;
pub use self::database::{TestDatabase, execute};
pub use self::many::{described, multiplied};
pub use self::proxy::CuttableProxy;
