-- What whc said to its database before it had contacts (V0003): serving as whc_reader, importing as whc_writer. Recorded with
-- log_statement = 'all', each statement once, with its role and the types of its parameters above it.

-- whc_reader ()
SELECT left(replace(edition::text, '-', ''), 16) || '-' || number AS version, moved_at FROM whc.dataset_version

-- whc_reader ()
SELECT max(version) AS version FROM whc.schema_history

-- whc_reader ()
SELECT oldest_program FROM whc.compatibility

-- whc_reader (bigint, bigint)
WITH matching AS (SELECT site.* FROM whc.site AS site WHERE true), page AS (SELECT id FROM matching ORDER BY id LIMIT $1 OFFSET
$2) SELECT facts.*, (SELECT count(*) FROM matching) AS total FROM (VALUES (true)) AS always LEFT JOIN (SELECT site.id,
site.category, site.inscribed, site_text.site_text_language, site_text.site_text_name, site_text.site_text_short_description,
site_text.site_text_justification, site.criteria_complete, ARRAY(SELECT criterion FROM whc.site_criterion WHERE site_id =
site.id) AS site_criterion_criterion, ARRAY(SELECT region FROM whc.site_region WHERE site_id = site.id) AS site_region_region,
site_state.site_state_iso, site_state.site_state_name, ARRAY(SELECT year FROM whc.site_extension WHERE site_id = site.id ORDER
BY position) AS site_extension_year, site.in_danger, site.in_danger_since, site_danger.site_danger_first_year,
site_danger.site_danger_last_year, site.status, site.left_list, site.superseded_by, site.transboundary, site.longitude,
site.latitude, site.area_hectares, site_component.site_component_longitude, site_component.site_component_latitude,
site_component.site_component_country, site.wikidata FROM whc.site AS site CROSS JOIN LATERAL (SELECT array_agg(language) AS
site_text_language, array_agg(name) AS site_text_name, array_agg(short_description) AS site_text_short_description,
array_agg(justification) AS site_text_justification FROM whc.site_text WHERE site_id = site.id) AS site_text CROSS JOIN LATERAL
(SELECT array_agg(iso ORDER BY position) AS site_state_iso, array_agg(name ORDER BY position) AS site_state_name FROM
whc.site_state WHERE site_id = site.id) AS site_state CROSS JOIN LATERAL (SELECT array_agg(first_year) AS
site_danger_first_year, array_agg(last_year) AS site_danger_last_year FROM whc.site_danger WHERE site_id = site.id) AS
site_danger CROSS JOIN LATERAL (SELECT array_agg(longitude ORDER BY position) AS site_component_longitude, array_agg(latitude
ORDER BY position) AS site_component_latitude, array_agg(country ORDER BY position) AS site_component_country FROM
whc.site_component WHERE site_id = site.id) AS site_component WHERE site.id IN (SELECT id FROM page)) AS facts ON true ORDER BY
id

-- whc_reader (bigint, bigint)
WITH matching AS (SELECT * FROM whc.site_change WHERE true), page AS (SELECT * FROM matching ORDER BY at DESC, site_id, number
DESC LIMIT $1 OFFSET $2) SELECT (SELECT count(*) FROM matching) AS total, page.at, page.site_id, page.kind, page.fields,
page.name, page.source FROM (VALUES (true)) AS always LEFT JOIN page ON true ORDER BY page.at DESC, page.site_id, page.number
DESC

-- whc_writer ()
SELECT max(version) AS version FROM whc.schema_history

-- whc_writer ()
SELECT oldest_program FROM whc.compatibility

-- whc_writer ()
SELECT whc.lock_dataset_version()

-- whc_writer ()
SELECT site.id, site.category, site.inscribed, site_text.site_text_language, site_text.site_text_name,
site_text.site_text_short_description, site_text.site_text_justification, site.criteria_complete, ARRAY(SELECT criterion FROM
whc.site_criterion WHERE site_id = site.id) AS site_criterion_criterion, ARRAY(SELECT region FROM whc.site_region WHERE site_id
= site.id) AS site_region_region, site_state.site_state_iso, site_state.site_state_name, ARRAY(SELECT year FROM
whc.site_extension WHERE site_id = site.id ORDER BY position) AS site_extension_year, site.in_danger, site.in_danger_since,
site_danger.site_danger_first_year, site_danger.site_danger_last_year, site.status, site.left_list, site.superseded_by,
site.transboundary, site.longitude, site.latitude, site.area_hectares, site_component.site_component_longitude,
site_component.site_component_latitude, site_component.site_component_country, site.wikidata FROM whc.site AS site CROSS JOIN
LATERAL (SELECT array_agg(language) AS site_text_language, array_agg(name) AS site_text_name, array_agg(short_description) AS
site_text_short_description, array_agg(justification) AS site_text_justification FROM whc.site_text WHERE site_id = site.id) AS
site_text CROSS JOIN LATERAL (SELECT array_agg(iso ORDER BY position) AS site_state_iso, array_agg(name ORDER BY position) AS
site_state_name FROM whc.site_state WHERE site_id = site.id) AS site_state CROSS JOIN LATERAL (SELECT array_agg(first_year) AS
site_danger_first_year, array_agg(last_year) AS site_danger_last_year FROM whc.site_danger WHERE site_id = site.id) AS
site_danger CROSS JOIN LATERAL (SELECT array_agg(longitude ORDER BY position) AS site_component_longitude, array_agg(latitude
ORDER BY position) AS site_component_latitude, array_agg(country ORDER BY position) AS site_component_country FROM
whc.site_component WHERE site_id = site.id) AS site_component ORDER BY site.id

-- whc_writer (integer[], text[], smallint[], boolean[], boolean[], smallint[], text[], smallint[], integer[], boolean[], double precision[], double precision[], double precision[], bigint[])
INSERT INTO whc.site (id, category, inscribed, criteria_complete, in_danger, in_danger_since, status, left_list, superseded_by,
transboundary, longitude, latitude, area_hectares, wikidata) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
$12, $13, $14) ON CONFLICT (id) DO UPDATE SET category = excluded.category, inscribed = excluded.inscribed, criteria_complete =
excluded.criteria_complete, in_danger = excluded.in_danger, in_danger_since = excluded.in_danger_since, status =
excluded.status, left_list = excluded.left_list, superseded_by = excluded.superseded_by, transboundary = excluded.transboundary,
longitude = excluded.longitude, latitude = excluded.latitude, area_hectares = excluded.area_hectares, wikidata =
excluded.wikidata

-- whc_writer (integer[])
DELETE FROM whc.site_text WHERE site_id = ANY ($1)

-- whc_writer (integer[], text[], text[], text[], text[])
INSERT INTO whc.site_text (site_id, language, name, short_description, justification) SELECT * FROM unnest($1, $2, $3, $4, $5)

-- whc_writer (integer[])
DELETE FROM whc.site_criterion WHERE site_id = ANY ($1)

-- whc_writer (integer[], text[])
INSERT INTO whc.site_criterion (site_id, criterion) SELECT * FROM unnest($1, $2)

-- whc_writer (integer[])
DELETE FROM whc.site_region WHERE site_id = ANY ($1)

-- whc_writer (integer[], text[])
INSERT INTO whc.site_region (site_id, region) SELECT * FROM unnest($1, $2)

-- whc_writer (integer[])
DELETE FROM whc.site_state WHERE site_id = ANY ($1)

-- whc_writer (integer[], integer[], text[], text[])
INSERT INTO whc.site_state (site_id, position, iso, name) SELECT * FROM unnest($1, $2, $3, $4)

-- whc_writer (integer[])
DELETE FROM whc.site_extension WHERE site_id = ANY ($1)

-- whc_writer (integer[], integer[], smallint[])
INSERT INTO whc.site_extension (site_id, position, year) SELECT * FROM unnest($1, $2, $3)

-- whc_writer (integer[])
DELETE FROM whc.site_danger WHERE site_id = ANY ($1)

-- whc_writer (integer[], smallint[], smallint[])
INSERT INTO whc.site_danger (site_id, first_year, last_year) SELECT * FROM unnest($1, $2, $3)

-- whc_writer (integer[])
DELETE FROM whc.site_component WHERE site_id = ANY ($1)

-- whc_writer (integer[], integer[], double precision[], double precision[], text[])
INSERT INTO whc.site_component (site_id, position, longitude, latitude, country) SELECT * FROM unnest($1, $2, $3, $4, $5)

-- whc_writer (integer[], text[], text[], text[], text)
INSERT INTO whc.site_change (site_id, kind, fields, name, source) SELECT site_id, kind, string_to_array(fields, ' '), name, $5
FROM unnest($1, $2, $3, $4) AS change (site_id, kind, fields, name)

-- whc_writer ()
SELECT whc.renew_statistics()
