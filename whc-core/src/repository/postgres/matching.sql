-- The filters of a whc_core::SiteQuery that stored columns decide; a parameter that is null filters nothing.
    ($1 IS NULL OR (site.status = 'inscribed') = $1)
    AND ($2 IS NULL OR site.id = ANY ($2))
    AND ($3 IS NULL OR site.category = ANY ($3))
    AND ($4 IS NULL OR $5 <= (
        SELECT count(*) FROM whc.site_criterion AS has WHERE has.site_id = site.id AND has.criterion = ANY ($4)))
    AND ($6 IS NULL OR EXISTS (
        SELECT FROM whc.site_region AS has WHERE has.site_id = site.id AND has.region = ANY ($6)))
    AND ($7 IS NULL OR EXISTS (
        SELECT FROM whc.site_state AS has WHERE has.site_id = site.id AND has.iso = ANY ($7)))
    AND ($8 IS NULL OR site.inscribed >= $8)
    AND ($9 IS NULL OR site.inscribed <= $9)
    AND ($10 IS NULL OR site.in_danger = $10)
    AND ($11 IS NULL OR site.transboundary = $11)
    AND ($12 IS NULL OR site.area_hectares >= $12)
    AND ($13 IS NULL OR site.area_hectares <= $13)
    -- A box from $14 west, $15 south to $16 east, $17 north; see whc_core::BoundingBox::contains.
    AND ($14 IS NULL OR site.latitude BETWEEN $15 AND $17 AND (
        CASE WHEN $14 <= $16 THEN site.longitude BETWEEN $14 AND $16
            ELSE site.longitude >= $14 OR site.longitude <= $16 END
        OR abs(site.longitude) = 180 AND ($14 = -180 OR $16 = 180)))
    AND ($18 IS NULL OR site.id <> $18)
