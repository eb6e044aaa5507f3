//! The orders of a result, as links.

use super::state::State;
use crate::site::{Order, SiteQuery, SortKey};
use crate::web::page::address::Address;

/// An order.
pub(super) struct OrderLink<'a> {
    pub(super) name: &'static str,
    /// The list in this order; `None` for the order it is in.
    pub(super) address: Option<Address<'a>>,
}

/// Every order that means something here, in the order of their names.
const ORDERS: [Order; 7] = [
    Order { key: SortKey::Relevance, descending: false },
    Order { key: SortKey::Distance, descending: false },
    Order { key: SortKey::Inscribed, descending: true },
    Order { key: SortKey::Inscribed, descending: false },
    Order { key: SortKey::Name, descending: false },
    Order { key: SortKey::Area, descending: true },
    Order { key: SortKey::Id, descending: false },
];

/// The orders of this result.
pub(super) fn all<'a>(state: &State<'_, 'a>, query: &SiteQuery) -> Vec<OrderLink<'a>> {
    let makes_sense = |order: &Order| match order.key {
        SortKey::Relevance => query.search.is_some(),
        SortKey::Distance => query.near.is_some(),
        _ => true,
    };
    let orders = ORDERS.iter().zip(state.text.orders).filter(|(order, _)| makes_sense(order));
    let link = |(order, name): (&Order, &'static str)| {
        let sign = if order.descending { "-" } else { "" };
        let address = state.with("sort", format_args!("{sign}{}", order.key.name()));
        OrderLink { name, address: (*order != query.order()).then_some(address) }
    };
    orders.map(link).collect()
}
