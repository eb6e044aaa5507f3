-- One site at a time, changed by curators: revisions of single sites, marks of what was set by hand, reasons in the history,
-- values in the audit.
--
-- An expansion: nothing goes away. A program of V0004 works on, but what a curator has set it cannot change; whc_desk, which
-- had contacts only, may put single sites.

-- Moves the version once a transaction, as before, and names what the transaction leaves behind: the first half of the
-- edition. So revisions need no counter, whose numbers would come again after a restore.
CREATE FUNCTION whc.move_version() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    drawn uuid;
BEGIN
    -- A transaction is named by number and time: in a restored database the number alone may come again.
    SELECT edition INTO drawn FROM whc.dataset_version
    WHERE moved_by = pg_current_xact_id() AND moved_at = now();
    IF drawn IS NULL THEN
        UPDATE whc.dataset_version
        SET number = number + 1, edition = gen_random_uuid(), moved_at = now(), moved_by = pg_current_xact_id()
        RETURNING edition INTO drawn;
        PERFORM pg_notify('whc_dataset_version', '');
    END IF;
    RETURN ('x' || left(replace(drawn::text, '-', ''), 16))::bit(64)::bigint;
END
$$;
COMMENT ON FUNCTION whc.move_version() IS 'Moves the version once a transaction, and tells who listens; returns the '
    'revision of all sites that this transaction changes';

CREATE OR REPLACE FUNCTION whc.move_dataset_version() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN
        IF NOT EXISTS (SELECT FROM changed) THEN
            RETURN NULL; -- a statement that hit no row
        END IF;
    END IF;
    PERFORM whc.move_version();
    RETURN NULL;
END
$$;

-- The sites that are there get one each, too: the table is written anew, which fires no trigger.
ALTER TABLE whc.site ADD COLUMN revision bigint NOT NULL
    DEFAULT ('x' || left(replace(gen_random_uuid()::text, '-', ''), 16))::bit(64)::bigint;
COMMENT ON COLUMN whc.site.revision IS 'Drawn anew with every transaction that changes the site, for its ETag; set by triggers';

CREATE TABLE whc.site_curated (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    field text NOT NULL CHECK (field <> ''),
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, field)
);
COMMENT ON TABLE whc.site_curated IS 'The fields that a curator has set, which imports leave as they are; who, says the audit';
COMMENT ON COLUMN whc.site_curated.field IS 'As the history names it: date_inscribed, name_fr';

CREATE FUNCTION whc.revise_site() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.revision := whc.move_version();
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION whc.revise_site() IS 'Draws the revision of a site that is changed; a new one has that of the default';
CREATE TRIGGER revise_site BEFORE UPDATE ON whc.site
    FOR EACH ROW EXECUTE FUNCTION whc.revise_site();

CREATE FUNCTION whc.revise_sites() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    drawn bigint;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE whc.site SET revision = DEFAULT;
    ELSIF EXISTS (SELECT FROM changed) THEN
        drawn := whc.move_version();
        UPDATE whc.site SET revision = drawn WHERE id IN (SELECT site_id FROM changed) AND revision <> drawn;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION whc.revise_sites() IS 'Writes the sites whose parts were written, so that their revisions are drawn; '
    'one that has the revision of this transaction is left alone';

DO $$
DECLARE
    part text;
    event text;
BEGIN
    FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
        EXECUTE format('CREATE TRIGGER version_after_%s AFTER %s ON whc.site_curated %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version()',
            event, event, CASE event WHEN 'delete' THEN 'REFERENCING OLD TABLE AS changed'
                                     WHEN 'truncate' THEN '' ELSE 'REFERENCING NEW TABLE AS changed' END);
        FOREACH part IN ARRAY ARRAY['site_text', 'site_criterion', 'site_region', 'site_state', 'site_extension',
                                    'site_danger', 'site_component', 'site_curated'] LOOP
            EXECUTE format('CREATE TRIGGER revision_after_%s AFTER %s ON whc.%I %s '
                'FOR EACH STATEMENT EXECUTE FUNCTION whc.revise_sites()',
                event, event, part, CASE event WHEN 'delete' THEN 'REFERENCING OLD TABLE AS changed'
                                               WHEN 'truncate' THEN '' ELSE 'REFERENCING NEW TABLE AS changed' END);
        END LOOP;
    END LOOP;
END
$$;

ALTER TABLE whc.site_change
    ADD COLUMN reason text CHECK (reason <> ''),
    ADD COLUMN knows_marks boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN whc.site_change.reason IS 'Why, where a curator gave a reason; for everybody to read';
COMMENT ON COLUMN whc.site_change.knows_marks IS 'Whether the program that wrote it knows of whc.site_curated';

-- Each program writes a line of history with every change, in the same transaction. So what a program does that does not know
-- of marks is seen here, and nothing of it stays.
CREATE FUNCTION whc.keep_curated() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    marked text;
BEGIN
    SELECT string_agg(field, ', ' ORDER BY field) INTO marked
    FROM whc.site_curated WHERE site_id = NEW.site_id AND field = ANY (NEW.fields);
    IF marked IS NOT NULL THEN
        RAISE EXCEPTION 'site %: a curator has set %, and this program is too old to know: nothing was written. '
            'Import with the whc of schema version 5 or later, which keeps what curators have set', NEW.site_id, marked
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION whc.keep_curated() IS 'Refuses changes of what a curator has set, by programs that do not know of it';
CREATE TRIGGER keep_curated BEFORE INSERT ON whc.site_change
    FOR EACH ROW WHEN (NOT NEW.knows_marks) EXECUTE FUNCTION whc.keep_curated();

ALTER TABLE whc.audit_event ADD COLUMN changed json CHECK (changed IS NULL OR subject_kind = 'site');
COMMENT ON COLUMN whc.audit_event.changed IS 'The values before and after, of sites only: of a case never';

ALTER TABLE whc.idempotency
    ALTER COLUMN case_id DROP NOT NULL,
    ADD COLUMN site_id integer;
COMMENT ON TABLE whc.idempotency IS 'What came of requests with an idempotency key, for 24 hours; nothing of what they said';
COMMENT ON COLUMN whc.idempotency.case_id IS 'The case it was about; null where it was about a site';
COMMENT ON COLUMN whc.idempotency.site_id IS 'The site it was about';
COMMENT ON COLUMN whc.idempotency.version IS 'The version of the contact or the revision of the site then, for the ETag';

REVOKE ALL ON FUNCTION whc.move_version(), whc.revise_site(), whc.revise_sites(), whc.keep_curated() FROM PUBLIC;
GRANT SELECT ON whc.site_curated TO whc_reader, whc_writer, whc_desk;
GRANT DELETE ON whc.site_curated TO whc_writer;
GRANT SELECT, INSERT ON whc.site_change TO whc_desk;
GRANT SELECT, INSERT, UPDATE ON whc.site TO whc_desk;
GRANT SELECT, INSERT, DELETE ON whc.site_text, whc.site_criterion, whc.site_region, whc.site_state, whc.site_extension,
    whc.site_danger, whc.site_component TO whc_desk;
GRANT INSERT, DELETE ON whc.site_curated TO whc_desk;
GRANT EXECUTE ON FUNCTION whc.lock_dataset_version() TO whc_desk;
