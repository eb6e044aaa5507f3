-- A page of the history: $1 since, $2 sites (both NULL for any), $3 limit, $4 offset.
-- A page past the end is one row with the total and no change.
WITH matching AS (
    SELECT * FROM whc.site_change
    WHERE ($1::timestamptz IS NULL OR at >= $1) AND ($2::integer[] IS NULL OR site_id = ANY ($2))
), page AS (
    SELECT * FROM matching ORDER BY at DESC, site_id, number DESC LIMIT $3 OFFSET $4
)
SELECT (SELECT count(*) FROM matching) AS total, page.at, page.site_id, page.kind, page.fields, page.name, page.source
FROM (VALUES (true)) AS always LEFT JOIN page ON true
ORDER BY page.at DESC, page.site_id, page.number DESC
