//! World Heritage sites: the repository and the request handling, as plain async functions.

mod app;
mod body;
mod cache;
mod clock;
pub mod config;
mod error;
#[cfg(feature = "import")]
pub mod import;
mod page;
pub mod repository;
pub mod site;
#[cfg(feature = "testing")]
pub mod testing;
pub mod web;

pub use app::App;
pub use clock::{Clock, SystemClock};
pub use config::Config;
pub use error::{Error, Result};
pub use page::{Page, Window};
pub use repository::{
    Freshness, MemorySites, Picture, Revision, SiteRepository, SiteStore, SnapshotSites, Version,
};
#[cfg(feature = "postgres")]
pub use repository::{Migrations, PostgresSites, SCHEMA_VERSIONS, SchemaStatus};
pub use site::{
    Between, BoundingBox, Category, Component, Country, CountryCode, Criteria, CriteriaMatch, Criterion,
    Danger, Decade, Facets, Hectares, InDanger, Kilometres, Language, Names, Near, Order, Period, Point,
    Region, Regions, Search, Site, SiteId, SiteQuery, SortKey, StateParty, Status, StatusFilter,
    Translations, WikidataId, Year,
};
