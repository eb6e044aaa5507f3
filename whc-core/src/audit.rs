//! Who changed what, and when: events that are written with every change and never altered.
//!
//! An event has the names of the fields that changed and, of cases, never a value, so that erasing a case leaves it as
//! it is.

mod event;
mod query;
mod subject;
mod trace;
mod value_change;

pub use self::event::{AuditAction, AuditEvent};
pub use self::query::AuditQuery;
pub use self::subject::Subject;
pub use self::trace::Trace;
pub use self::value_change::ValueChange;
