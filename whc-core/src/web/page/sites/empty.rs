//! What to do where no site passes: which filter to drop, and how many sites there would be.

use super::chosen::Chosen;
use super::state::{self, State};
use crate::clock::Clock;
use crate::page::Window;
use crate::repository::ReadView;
use crate::web::page::address::Address;
use crate::web::problem::Problem;
use crate::web::request::{Parameters, filters};

/// A filter whose loss gives sites.
pub(super) struct Remedy<'a> {
    pub(super) address: Address<'a>,
    pub(super) text: String,
    pub(super) sites: String,
    count: u64,
}

/// The remedies, that with the most sites first.
pub(super) async fn remedies<'a>(
    state: &State<'_, 'a>,
    chosen: &[Chosen<'a>],
    (view, clock): (&ReadView<'_>, &dyn Clock),
) -> Result<Vec<Remedy<'a>>, Problem> {
    let mut remedies = Vec::new();
    for filter in chosen {
        let rest = filter.rest.to_string();
        let mut parameters = Parameters::parse(Some(&rest), &state::names(), clock);
        let query = filters::query(&mut parameters, state.frame.language, Window::default());
        let count = view.sites().facets(&query).await?.total;
        if count > 0 {
            remedies.push(Remedy {
                address: state.to(filter.rest.clone()),
                text: (state.text.without)(&filter.label),
                sites: (state.text.how_many_sites)(count),
                count,
            });
        }
    }
    remedies.sort_by_key(|remedy| std::cmp::Reverse(remedy.count));
    Ok(remedies)
}
