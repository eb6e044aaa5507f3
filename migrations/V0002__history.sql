-- What changed in the sites and when, fresh statistics after an import, and room for more sites.
--
-- An expansion: nothing of V0001 goes away. A program of V0001 keeps working on what it knows, but refuses a site
-- with a number over 99999: import such sites when no such program runs any more.

CREATE TABLE whc.site_change (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT statement_timestamp(),
    site_id integer NOT NULL CHECK (site_id BETWEEN 1 AND 999999),
    kind text NOT NULL CHECK (kind IN ('added', 'changed', 'removed')),
    fields text[] NOT NULL DEFAULT '{}',
    name text CHECK (name <> ''),
    source text CHECK (source <> ''),
    CONSTRAINT fields_of_a_change CHECK ((kind = 'changed') = (cardinality(fields) > 0)),
    CONSTRAINT fields_have_names CHECK (array_position(fields, NULL) IS NULL)
);
COMMENT ON TABLE whc.site_change IS 'What changed in a site, and when; written with the change, never altered afterwards';
COMMENT ON COLUMN whc.site_change.number IS 'Tells changes of the same moment apart';
COMMENT ON COLUMN whc.site_change.at IS 'When the statement began that wrote it. Writers take turns, so later is later';
COMMENT ON COLUMN whc.site_change.site_id IS 'UNESCO''s number; no foreign key, what happened outlives the site';
COMMENT ON COLUMN whc.site_change.kind IS 'added: it was not known before; changed: it was known otherwise; removed: '
    'it is known no longer. A site that leaves the World Heritage List stays known: its status changes';
COMMENT ON COLUMN whc.site_change.fields IS 'What is different, where the site changed';
COMMENT ON COLUMN whc.site_change.name IS 'The English name, as it was after the change';
COMMENT ON COLUMN whc.site_change.source IS 'The name of the file it came from, if it came from one';
CREATE INDEX site_change_newest ON whc.site_change (at DESC, site_id, number DESC);
CREATE INDEX site_change_site ON whc.site_change (site_id, at DESC);

-- A deletion by hand is seen too; nothing else can tell of it afterwards.
CREATE FUNCTION whc.remember_removal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO whc.site_change (site_id, kind, name)
    VALUES (OLD.id, 'removed',
        (SELECT text.name FROM whc.site_text AS text WHERE text.site_id = OLD.id AND text.language = 'en'));
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION whc.remember_removal() IS 'Writes down that a site is removed, while its name is still there';
CREATE TRIGGER remember_removal BEFORE DELETE ON whc.site
    FOR EACH ROW EXECUTE FUNCTION whc.remember_removal();

-- The history is part of an answer, so it moves the version as the sites do.
CREATE TRIGGER version_after_insert AFTER INSERT ON whc.site_change REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version();
CREATE TRIGGER version_after_update AFTER UPDATE ON whc.site_change REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version();
CREATE TRIGGER version_after_delete AFTER DELETE ON whc.site_change REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version();
CREATE TRIGGER version_after_truncate AFTER TRUNCATE ON whc.site_change
    FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version();
GRANT SELECT ON whc.site_change TO whc_reader, whc_writer;
GRANT INSERT ON whc.site_change TO whc_writer;
REVOKE ALL ON FUNCTION whc.remember_removal() FROM PUBLIC;

-- Until autovacuum comes by, the planner thinks of the tables as they were before an import, and takes the reading of
-- all sites for so much work that it compiles the query first: that takes ten times as long as to run it.
CREATE FUNCTION whc.renew_statistics() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    ANALYZE whc.site, whc.site_text, whc.site_criterion, whc.site_region, whc.site_state, whc.site_extension,
        whc.site_danger, whc.site_component, whc.site_change;
END
$$;
COMMENT ON FUNCTION whc.renew_statistics() IS 'Lets the planner know of rows just written; for who writes many';
REVOKE ALL ON FUNCTION whc.renew_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION whc.renew_statistics() TO whc_writer;

-- The table has some thousand rows: checking them again under the lock takes milliseconds.
ALTER TABLE whc.site
    DROP CONSTRAINT site_id_check,
    ADD CONSTRAINT site_id_check CHECK (id BETWEEN 1 AND 999999),
    DROP CONSTRAINT site_superseded_by_check,
    ADD CONSTRAINT site_superseded_by_check CHECK (superseded_by BETWEEN 1 AND 999999);
