//! World Heritage sites: the repository and the request handling, as plain async functions.

mod app;
pub mod audit;
pub mod auth;
mod body;
mod cache;
mod clock;
pub mod config;
pub mod contact;
mod error;
#[cfg(feature = "auth")]
mod fetch;
pub mod finding;
mod future;
mod if_match;
#[cfg(feature = "import")]
pub mod import;
#[cfg(any(feature = "oidc", feature = "valkey"))]
mod keyring;
mod limit;
#[cfg(feature = "oidc")]
mod login;
mod metrics;
mod page;
mod parallel;
#[cfg(feature = "oidc")]
mod random;
pub mod repository;
mod scope;
#[cfg(feature = "valkey")]
mod seal;
#[cfg(feature = "tower")]
mod service;
#[cfg(feature = "oidc")]
pub mod session;
pub mod site;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
#[cfg(any(feature = "auth", feature = "postgres", feature = "valkey"))]
mod tls;
#[cfg(feature = "valkey")]
mod valkey;
pub mod violation;
pub mod web;

pub use app::{App, AppBuilder};
/// The attribute that implementations of this crate's traits need.
pub use async_trait::async_trait;
pub use clock::{Clock, SystemClock};
pub use config::Config;
pub use contact::CaseId;
pub use error::{Error, Result};
pub use if_match::IfMatch;
#[cfg(feature = "oidc")]
pub use login::Login;
pub use metrics::Counter;
pub use page::{Page, Window};
#[cfg(feature = "valkey")]
pub use repository::SharedSnapshots;
#[cfg(feature = "postgres")]
pub use repository::{
    ChangeListener, Logins, Migrations, PostgresContacts, PostgresSites, SCHEMA_VERSIONS, SchemaStatus,
};
pub use repository::{
    Checks, ContactRepository, Freshness, MemoryContacts, MemorySites, ReplicatedSites, Revision,
    RevisionOrigin, SiteRepository, SiteStore, Snapshot, SnapshotGuard, Version,
};
#[cfg(feature = "tower")]
pub use service::AppService;
pub use site::{
    Between, BoundingBox, Category, Change, ChangeKind, ChangeQuery, Component, Components, Country,
    CountryCode, Criteria, CriteriaMatch, Criterion, Danger, Decade, Facets, FieldName, Hectares, InDanger,
    Kilometres, KnownSites, Language, Names, Near, Order, Period, Point, Region, Regions, Search, Site,
    SiteId, SiteQuery, SiteRecord, SiteRevision, SortKey, StateParty, Statistics, Status, StatusFilter,
    Translations, WikidataId, Year, YearCounts,
};
#[cfg(feature = "valkey")]
pub use valkey::Valkey;
