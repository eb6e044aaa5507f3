//! The server over real sockets, with timeouts small enough to wait for.

mod hostile;
mod limits;
mod protocol;
mod shutdown;
mod support;
