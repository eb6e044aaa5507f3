//! A request for a list of sites.

#[cfg(feature = "pages")]
use super::image;
use super::{Parameters, Representation, RequestHeaders, features, fields, filters, paging};
use crate::page::Window;
use crate::site::SiteQuery;
use crate::site::json::FeatureStyle;
#[cfg(feature = "pages")]
use crate::web::format::map::ImageStyle;
use crate::web::format::{Fields, Format};
use crate::web::problem::Problem;

/// The parameters of a list with these filters, in the order of links.
pub(crate) fn list_parameters(filters: &[&'static str]) -> Vec<&'static str> {
    #[cfg(feature = "pages")]
    let of_images = &image::NAMES;
    #[cfg(not(feature = "pages"))]
    let of_images: &[&str] = &[];
    [&["limit", "offset", "lang", "f"], filters, &["sort", "fields", "geometry", "flat", "bom"], of_images]
        .concat()
}

/// The parameters of the whole list as a file in this format, in the order of links.
pub(crate) fn file_parameters(format: Format) -> Vec<&'static str> {
    let of_format: &[_] = match format {
        Format::GeoJson | Format::GeoJsonSeq => &features::NAMES,
        Format::Csv => &["bom"],
        _ => &[],
    };
    [&["lang", "f", "status", "as_of", "fields"], of_format].concat()
}

/// A request for a list of sites.
pub(crate) struct ListRequest {
    /// Filters, order and window.
    pub(crate) query: SiteQuery,
    /// The fields to return.
    pub(crate) fields: Fields,
    /// How features look.
    pub(crate) style: FeatureStyle,
    /// How an image looks.
    #[cfg(feature = "pages")]
    pub(crate) image: ImageStyle,
    /// Format and language.
    pub(crate) representation: Representation,
    /// The query of links to other pages, without `limit` and `offset`.
    pub(crate) rest: String,
}

impl ListRequest {
    /// Reads the parameters. Those of `known` are repeated in links; `limit` is the default page size in a format.
    ///
    /// # Errors
    /// All violations of the parameters, as one problem.
    pub(crate) fn read(
        headers: &RequestHeaders<'_>,
        mut parameters: Parameters<'_>,
        known: &[&str],
        limit: impl FnOnce(Format) -> u32,
    ) -> Result<Self, Problem> {
        let representation = Representation::negotiate(headers, &mut parameters, Format::LIST)?;
        let window = paging::window(&mut parameters, limit(representation.format));
        Self::finish(parameters, representation, window, known)
    }

    /// Reads the parameters of the whole list as a file in this format.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub(crate) fn read_file(
        headers: &RequestHeaders<'_>,
        mut parameters: Parameters<'_>,
        known: &[&str],
        format: Format,
    ) -> Result<Self, Problem> {
        let representation = Representation::in_format(format, headers, &mut parameters);
        Self::finish(parameters, representation, Window::default(), known)
    }

    fn finish(
        mut parameters: Parameters<'_>,
        representation: Representation,
        window: Window,
        known: &[&str],
    ) -> Result<Self, Problem> {
        let query = filters::query(&mut parameters, representation.language, window);
        let style = features::style(&mut parameters, representation.format);
        #[cfg(feature = "pages")]
        let image = image::style(&mut parameters, representation.format);
        let fields = fields::fields(&mut parameters);
        let rest: Vec<_> = known.iter().copied().filter(|name| !["limit", "offset"].contains(name)).collect();
        let rest = parameters.rest(&rest);
        parameters.finish()?;
        Ok(Self {
            query,
            fields,
            style,
            #[cfg(feature = "pages")]
            image,
            representation,
            rest,
        })
    }
}
