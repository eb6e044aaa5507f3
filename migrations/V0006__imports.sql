-- What imports found, which values they changed, and notes on single facts.
--
-- An expansion: nothing goes away. A program of V0005 works on; what it imports has no findings here and cannot be taken back,
-- and it leaves a note where it is, also where it changes the fact.

CREATE TABLE whc.site_note (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    field text NOT NULL CHECK (field <> ''),
    note text NOT NULL CHECK (note <> ''),
    PRIMARY KEY (site_id, field)
);
COMMENT ON TABLE whc.site_note IS 'Where single facts come from, if not from an official file';
COMMENT ON COLUMN whc.site_note.field IS 'As the history names it: danger, name_fr';

DO $$
DECLARE
    event text;
    changed text;
BEGIN
    FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
        changed := CASE event WHEN 'delete' THEN 'REFERENCING OLD TABLE AS changed'
                              WHEN 'truncate' THEN '' ELSE 'REFERENCING NEW TABLE AS changed' END;
        EXECUTE format('CREATE TRIGGER version_after_%s AFTER %s ON whc.site_note %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version()', event, event, changed);
        EXECUTE format('CREATE TRIGGER revision_after_%s AFTER %s ON whc.site_note %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION whc.revise_sites()', event, event, changed);
    END LOOP;
END
$$;

-- Of what was found no answer for everybody is made, so it moves no version. It quotes the file, so it is for those who import
-- and for curators.
CREATE TABLE whc.site_import (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT statement_timestamp(),
    source text CHECK (source <> ''),
    sites integer NOT NULL CHECK (sites >= 0),
    findings json NOT NULL,
    takes_back bigint UNIQUE REFERENCES whc.site_import
);
COMMENT ON TABLE whc.site_import IS 'The imports of files, and what was unusual in them; written with what they change, never altered';
COMMENT ON COLUMN whc.site_import.source IS 'The name of the file';
COMMENT ON COLUMN whc.site_import.sites IS 'How many sites it added, changed or removed';
COMMENT ON COLUMN whc.site_import.findings IS 'A list of severity, row, site, field, what was found and what was done about it';
COMMENT ON COLUMN whc.site_import.takes_back IS 'The earlier import that this one took back';

ALTER TABLE whc.site_change
    ADD COLUMN import bigint REFERENCES whc.site_import,
    ADD COLUMN before json,
    ADD COLUMN after json;
COMMENT ON COLUMN whc.site_change.import IS 'The import it is part of; null for other changes, and for those of older programs';
COMMENT ON COLUMN whc.site_change.before IS 'The fields as they were, as a site in JSON with those fields only; null where the site is new';
COMMENT ON COLUMN whc.site_change.after IS 'The same as they were then; null in what older programs wrote';
CREATE INDEX site_change_import ON whc.site_change (import) WHERE import IS NOT NULL;

GRANT SELECT ON whc.site_note TO whc_reader, whc_writer, whc_desk;
GRANT INSERT, UPDATE, DELETE ON whc.site_note TO whc_writer;
GRANT INSERT, DELETE ON whc.site_note TO whc_desk;
GRANT SELECT ON whc.site_import TO whc_writer, whc_desk;
GRANT INSERT ON whc.site_import TO whc_writer;
