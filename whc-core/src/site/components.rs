//! The parts of a serial site.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use super::embedded::Rows;
use super::{CountryCode, Point};

/// One part of a serial site.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// Where it is.
    pub point: Point,
    /// The country it lies in, where the source says so.
    pub country: Option<CountryCode>,
}

/// The parts of a site, a slice of them. Those of the embedded facts are read when somebody first looks at them; how many
/// there are is known before.
///
/// ```
/// use whc_core::{Component, Components, Point};
///
/// let parts: Components = vec![Component { point: Point::new(12.5, 41.9)?, country: None }].into();
/// assert_eq!(parts.len(), 1);
/// assert_eq!(parts[0].point.longitude(), 12.5);
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Components {
    count: usize,
    /// Where they are read from, and what reads them.
    source: Option<(Rows, Read)>,
    parts: OnceLock<Box<[Component]>>,
}

/// Reads rows of a table compiled in.
type Read = fn(Rows) -> Box<[Component]>;

impl Components {
    /// The parts in `rows`, which are so many, for `read` to read.
    pub(super) fn unread(count: usize, rows: Rows, read: Read) -> Self {
        Self { count, source: Some((rows, read)), parts: OnceLock::new() }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl Deref for Components {
    type Target = [Component];

    fn deref(&self) -> &[Component] {
        let read = || self.source.map_or_else(Box::default, |(rows, read)| read(rows));
        self.parts.get_or_init(read)
    }
}

impl From<Vec<Component>> for Components {
    fn from(parts: Vec<Component>) -> Self {
        Self { count: parts.len(), source: None, parts: OnceLock::from(parts.into_boxed_slice()) }
    }
}

impl FromIterator<Component> for Components {
    fn from_iter<I: IntoIterator<Item = Component>>(parts: I) -> Self {
        parts.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a> IntoIterator for &'a Components {
    type Item = &'a Component;
    type IntoIter = std::slice::Iter<'a, Component>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Components {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Components {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&**self).finish()
    }
}

#[cfg(test)]
mod tests {
    use crate::site::embedded;

    #[test]
    fn parts_compiled_in_are_read_when_somebody_looks() {
        let sites = embedded().unwrap();
        let serial = sites.iter().find(|site| site.components.len() > 1).unwrap();
        assert!(sites.iter().all(|site| site.components.parts.get().is_none()), "read at the start");
        let copy = serial.clone();
        assert_eq!(serial.components.iter().count(), serial.components.len());
        assert_eq!(copy, *serial);
    }
}
