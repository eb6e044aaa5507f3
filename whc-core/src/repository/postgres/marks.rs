//! The marks of fields that curators have set.

use std::collections::BTreeSet;

use tokio_postgres::types::Type;

use super::statement::{Parameters, Placeholder, Statement};
use crate::site::{FieldName, SiteId};

pub(super) fn add(site: SiteId, fields: &BTreeSet<FieldName>) -> Statement<'static> {
    let (parameters, site, fields) = parameters(site, fields);
    let text = format!(
        "INSERT INTO whc.site_curated (site_id, field) SELECT {site}, field FROM unnest({fields}) AS field
        ON CONFLICT DO NOTHING"
    );
    (text.into(), parameters)
}

pub(super) fn remove(site: SiteId, fields: &BTreeSet<FieldName>) -> Statement<'static> {
    let (parameters, site, fields) = parameters(site, fields);
    let text = format!("DELETE FROM whc.site_curated WHERE site_id = {site} AND field = ANY ({fields})");
    (text.into(), parameters)
}

fn parameters(site: SiteId, fields: &BTreeSet<FieldName>) -> (Parameters<'static>, Placeholder, Placeholder) {
    let mut parameters = Parameters::default();
    let site = parameters.add(site.get().cast_signed(), Type::INT4);
    let fields: Vec<_> = fields.iter().map(|field| field.as_str()).collect();
    let fields = parameters.add(fields, Type::TEXT_ARRAY);
    (parameters, site, fields)
}
