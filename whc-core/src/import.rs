//! Official exports of the World Heritage List: from bytes to records, from records to a plan of what to write.
//!
//! [`read`] understands XML, XLS, XLSX and CSV of whc.unesco.org and CSV, JSON and `GeoJSON` of the data set whc001 of
//! data.unesco.org, and tells them apart by their content. [`plan`] compares what a file says with the sites known
//! and decides what to write; it reads and writes nothing itself, so that a store can run it inside a transaction:
//!
//! ```
//! use whc_core::import::{self, Options};
//! use whc_core::{MemorySites, SiteStore};
//!
//! # async fn example(bytes: &[u8]) -> whc_core::Result<()> {
//! let store = MemorySites::embedded()?;
//! let export = import::read(bytes, None)?;
//! let mut summary = None;
//! store
//!     .revise(&mut |current| {
//!         let plan = import::plan(current, &export, &Options::default())?;
//!         summary = Some(plan.summary);
//!         Ok(plan.sites)
//!     })
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! What a file does not have never erases what is known, and no site is ever deleted. A second plan for the same export,
//! after the first was written, is empty.

mod basis;
mod bounds;
mod curated;
mod damaged;
mod danger;
mod decode;
mod export;
mod finding;
mod format;
mod long;
mod merge;
mod options;
mod own;
mod place;
mod plan;
mod read;
mod reading;
mod repeated;
mod source;
mod statement;
mod states;
mod unsplit;
mod values;

pub use self::decode::Encoding;
pub use self::export::Export;
pub use self::format::Format;
pub use self::options::Options;
pub use self::plan::{Age, Changed, Edition, FieldCount, Named, Plan, Summary, plan};
pub use self::read::{read, read_with};
pub use self::reading::Reading;
pub use self::source::Source;
pub use crate::finding::{Finding, Severity};
pub use crate::site::FieldChange;

/// The greatest file that is read. The largest official one has 4 MB; what is read takes several times its size in
/// memory.
pub const MAX_BYTES: usize = 64 << 20;

/// The most rows that are read; the list has fewer than 1300.
pub const MAX_ROWS: usize = 100_000;

/// More columns than any export has.
const MAX_COLUMNS: usize = 512;

/// The most cells that a table or the sheets of a workbook may span, between the first and the last of a row as well; an
/// export spans 100 000.
const MAX_CELLS: usize = 1 << 22;

/// How many of `total` rows may be unusable or missing before the whole file is refused.
fn tolerable(total: usize) -> usize {
    (total / 100).max(3)
}
