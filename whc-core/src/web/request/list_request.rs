//! A request for a list of sites.

use super::{Parameters, Representation, RequestHeaders, fields, filters, paging};
use crate::site::SiteQuery;
use crate::web::format::{Fields, Format};
use crate::web::problem::Problem;

/// The parameters of a list with these filters, in the order of links.
pub(crate) fn list_parameters(filters: &[&'static str]) -> Vec<&'static str> {
    [&["limit", "offset", "lang", "f"], filters, &["sort", "fields"]].concat()
}

/// A request for a list of sites.
pub(crate) struct ListRequest {
    /// Filters, order and window.
    pub(crate) query: SiteQuery,
    /// The fields to return.
    pub(crate) fields: Fields,
    /// Format and language.
    pub(crate) representation: Representation,
    /// The query of links to other pages, without `limit` and `offset`.
    pub(crate) rest: String,
}

impl ListRequest {
    /// Reads the parameters. Those of `known` are repeated in links; `limit` is the default page size.
    ///
    /// # Errors
    /// All violations of the parameters, as one problem.
    pub(crate) fn read(
        headers: &RequestHeaders<'_>,
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
