//! The facts of a site, in the margin of its page.

use crate::site::Site;
use crate::web::page::address::Address;
use crate::web::page::frame::Frame;
use crate::web::page::number::{Area, Coordinates, Number};
use crate::web::page::row::criteria;

/// The facts.
pub(super) struct Facts<'a> {
    pub(super) regions: Vec<(Address<'a>, &'static str)>,
    /// Its states, with the pages of those that have a code.
    pub(super) states: Vec<(Option<Address<'a>>, &'a str)>,
    pub(super) criteria: String,
    pub(super) area: Option<Area>,
    pub(super) components: Number,
    pub(super) point: Option<Coordinates>,
}

impl<'a> Facts<'a> {
    /// Those of this site.
    pub(super) fn new(site: &'a Site, frame: &Frame<'a>) -> Self {
        let regions = site.regions.iter();
        let states = site.states.iter();
        Self {
            regions: regions
                .map(|region| (frame.to.sites("region", region.code()), frame.text.region_of(region)))
                .collect(),
            states: states.map(|state| (state.iso.map(|iso| frame.to.country(iso)), &*state.name)).collect(),
            criteria: criteria(site),
            area: site.area.map(Area),
            components: Number(site.components.len() as u64),
            point: site.point.map(Coordinates),
        }
    }
}
