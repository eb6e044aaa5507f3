-- Everything known of each site, one row a site. Each array keeps the order its field has in whc_core::Site.
SELECT
    site.id, site.category, site.criteria_complete, site.inscribed, site.in_danger, site.in_danger_since,
    site.status, site.left_list, site.superseded_by, site.transboundary, site.longitude, site.latitude,
    site.area_hectares, site.wikidata,
    text.languages, text.names, text.short_descriptions, text.justifications,
    ARRAY(SELECT criterion FROM whc.site_criterion WHERE site_id = site.id) AS criteria,
    ARRAY(SELECT region FROM whc.site_region WHERE site_id = site.id) AS regions,
    state.isos AS state_isos, state.names AS state_names,
    ARRAY(SELECT year FROM whc.site_extension WHERE site_id = site.id ORDER BY position) AS extended,
    danger.first_years, danger.last_years,
    component.longitudes, component.latitudes, component.countries
FROM whc.site AS site
CROSS JOIN LATERAL (
    SELECT array_agg(language) AS languages, array_agg(name) AS names,
        array_agg(short_description) AS short_descriptions, array_agg(justification) AS justifications
    FROM whc.site_text WHERE site_id = site.id
) AS text
CROSS JOIN LATERAL (
    SELECT array_agg(iso ORDER BY position) AS isos, array_agg(name ORDER BY position) AS names
    FROM whc.site_state WHERE site_id = site.id
) AS state
CROSS JOIN LATERAL (
    SELECT array_agg(first_year) AS first_years, array_agg(last_year) AS last_years
    FROM whc.site_danger WHERE site_id = site.id
) AS danger
CROSS JOIN LATERAL (
    SELECT array_agg(longitude ORDER BY position) AS longitudes,
        array_agg(latitude ORDER BY position) AS latitudes,
        array_agg(country ORDER BY position) AS countries
    FROM whc.site_component WHERE site_id = site.id
) AS component
