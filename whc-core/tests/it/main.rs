//! Integration tests of `whc-core`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod access;
mod answers;
mod caching;
mod cases;
mod changes;
mod client;
mod configuration;
mod conformance;
mod contacts;
mod credentials;
mod database_config;
mod domain;
mod downloads;
mod embedded;
mod fields;
mod formats;
mod golden;
mod import;
mod listening;
mod logins;
mod loopback;
mod migrations;
mod openapi;
mod postgres;
mod protocol;
mod query;
mod replicated;
mod scopes;
mod serialization;
mod service;
mod strangers;
mod structure;
mod tls;
mod tokens;
mod web;
