//! What a request wants of a list of sites.

use http::HeaderMap;

use super::{Parameters, Representation, fields, filters, paging};
use crate::site::SiteQuery;
use crate::web::format::{Fields, Format};
use crate::web::problem::Problem;

/// The parameters of a list with these filters, in the order links have them.
pub(crate) fn list_parameters(filters: &[&'static str]) -> Vec<&'static str> {
    [&["limit", "offset", "lang", "f"], filters, &["sort", "fields"]].concat()
}

/// What a request wants of a list of sites.
pub(crate) struct ListRequest {
    /// Which sites, in which order, from where to where.
    pub(crate) query: SiteQuery,
    /// Which keys of each.
    pub(crate) fields: Fields,
    /// In which format and language.
    pub(crate) representation: Representation,
    /// The rest of the query in links to other pages.
    pub(crate) rest: String,
}

impl ListRequest {
    /// Reads the parameters, of which `known` can be in a link and a page without `limit` has `limit` sites.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub(crate) fn read(
        headers: &HeaderMap,
        mut parameters: Parameters<'_>,
        known: &[&str],
        limit: u32,
    ) -> Result<Self, Problem> {
        let representation = Representation::negotiate(headers, &mut parameters, Format::LIST)?;
        let window = paging::window(&mut parameters, limit);
        let query = filters::query(&mut parameters, representation.language, window);
        let fields = fields::fields(&mut parameters);
        let rest: Vec<_> = known.iter().copied().filter(|name| !["limit", "offset"].contains(name)).collect();
        let rest = parameters.rest(&rest);
        parameters.finish()?;
        Ok(Self { query, fields, representation, rest })
    }
}
