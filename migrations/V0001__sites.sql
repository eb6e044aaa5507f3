-- World Heritage sites: everything a whc_core::Site knows, and the version of the whole.
--
-- Runs as whc_owner; the schema whc exists and is empty but for schema_history. Every name is qualified: nothing
-- depends on a search path, so any session behind any pooler sees the same.

CREATE TABLE whc.site (
    id integer PRIMARY KEY CHECK (id BETWEEN 1 AND 99999),
    category text NOT NULL CHECK (category IN ('Cultural', 'Natural', 'Mixed')),
    criteria_complete boolean NOT NULL DEFAULT true,
    inscribed smallint NOT NULL CHECK (inscribed BETWEEN 1972 AND 2199),
    in_danger boolean NOT NULL DEFAULT false,
    in_danger_since smallint CHECK (in_danger_since BETWEEN 1972 AND 2199),
    status text NOT NULL DEFAULT 'inscribed' CHECK (status IN ('inscribed', 'delisted', 'superseded')),
    left_list smallint CHECK (left_list BETWEEN 1972 AND 2199),
    superseded_by integer CHECK (superseded_by BETWEEN 1 AND 99999),
    transboundary boolean NOT NULL DEFAULT false,
    longitude double precision CHECK (longitude BETWEEN -180 AND 180),
    latitude double precision CHECK (latitude BETWEEN -90 AND 90),
    area_hectares double precision CHECK (area_hectares > 0 AND area_hectares < 'Infinity'),
    wikidata bigint CHECK (wikidata >= 0),
    required_language text NOT NULL GENERATED ALWAYS AS ('en') STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT since_only_in_danger CHECK (in_danger OR in_danger_since IS NULL),
    CONSTRAINT left_unless_inscribed CHECK ((status = 'inscribed') = (left_list IS NULL)),
    CONSTRAINT superseded_by_a_site CHECK ((status = 'superseded') = (superseded_by IS NOT NULL)),
    CONSTRAINT both_coordinates_or_none CHECK ((longitude IS NULL) = (latitude IS NULL))
);
COMMENT ON TABLE whc.site IS 'A site on the World Heritage List, or one that was on it';
COMMENT ON COLUMN whc.site.id IS 'UNESCO''s number (id_no)';
COMMENT ON COLUMN whc.site.criteria_complete IS 'False where the source omits a criterion of the site';
COMMENT ON COLUMN whc.site.inscribed IS 'The year of inscription';
COMMENT ON COLUMN whc.site.in_danger IS 'Whether it is on the List of World Heritage in Danger now';
COMMENT ON COLUMN whc.site.in_danger_since IS 'The year the present danger began, where known';
COMMENT ON COLUMN whc.site.left_list IS 'The year it left the list';
COMMENT ON COLUMN whc.site.superseded_by IS 'The site that took it in; no foreign key, that site may be imported later';
COMMENT ON COLUMN whc.site.longitude IS 'Degrees east, WGS 84';
COMMENT ON COLUMN whc.site.latitude IS 'Degrees north, WGS 84';
COMMENT ON COLUMN whc.site.area_hectares IS 'The property without buffer zones; unknown is null, never zero';
COMMENT ON COLUMN whc.site.wikidata IS 'The number of the Wikidata item: 8343766 for Q8343766';
COMMENT ON COLUMN whc.site.required_language IS 'With the foreign key english_name_is_required: every site has an English text';
COMMENT ON COLUMN whc.site.updated_at IS 'When this row changed last; whc replaces it with every change of the site';
CREATE INDEX site_status ON whc.site (status, id);
CREATE INDEX site_category ON whc.site (category);
CREATE INDEX site_inscribed ON whc.site (inscribed);
CREATE INDEX site_in_danger ON whc.site (id) WHERE in_danger;
CREATE INDEX site_superseded_by ON whc.site (superseded_by) WHERE superseded_by IS NOT NULL;

CREATE TABLE whc.site_text (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    language text NOT NULL CHECK (language IN ('en', 'fr', 'es', 'ru', 'ar', 'zh')),
    name text CHECK (name <> ''),
    short_description text CHECK (short_description <> ''),
    justification text CHECK (justification <> ''),
    PRIMARY KEY (site_id, language),
    CONSTRAINT english_name CHECK (language <> 'en' OR name IS NOT NULL),
    CONSTRAINT some_text CHECK (num_nonnulls(name, short_description, justification) > 0)
);
COMMENT ON TABLE whc.site_text IS 'What is said of a site in one language; a text that is missing is null';
ALTER TABLE whc.site ADD CONSTRAINT english_name_is_required
    FOREIGN KEY (id, required_language) REFERENCES whc.site_text (site_id, language) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE whc.site_criterion (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    criterion text NOT NULL CHECK (criterion IN ('i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x')),
    PRIMARY KEY (site_id, criterion)
);
COMMENT ON TABLE whc.site_criterion IS 'The criteria a site was inscribed under';
CREATE INDEX site_criterion_criterion ON whc.site_criterion (criterion, site_id);

CREATE TABLE whc.site_region (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    region text NOT NULL CHECK (region IN ('AFR', 'ARB', 'APA', 'EUR', 'LAC')),
    PRIMARY KEY (site_id, region)
);
COMMENT ON TABLE whc.site_region IS 'The UNESCO regions a site lies in: Africa, Arab States, Asia and the Pacific, '
    'Europe and North America, Latin America and the Caribbean';
CREATE INDEX site_region_region ON whc.site_region (region, site_id);

CREATE TABLE whc.site_state (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    position integer NOT NULL CHECK (position >= 0),
    iso text CHECK (iso COLLATE "C" ~ '^[A-Z]{2}$'),
    name text NOT NULL,
    PRIMARY KEY (site_id, position)
);
COMMENT ON TABLE whc.site_state IS 'The states parties of a site';
COMMENT ON COLUMN whc.site_state.iso IS 'ISO 3166-1 alpha-2; null for a state that has none (site 148)';
COMMENT ON COLUMN whc.site_state.name IS 'As the file that was imported names it: names change from file to file, '
    'so they belong to the site and not to the code';
CREATE INDEX site_state_iso ON whc.site_state (iso, site_id);

CREATE TABLE whc.site_extension (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    position integer NOT NULL CHECK (position >= 0),
    year smallint NOT NULL CHECK (year BETWEEN 1972 AND 2199),
    PRIMARY KEY (site_id, position)
);
COMMENT ON TABLE whc.site_extension IS 'The years a site was extended or modified';
CREATE INDEX site_extension_year ON whc.site_extension (year, site_id);

CREATE TABLE whc.site_danger (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    first_year smallint NOT NULL CHECK (first_year BETWEEN 1972 AND 2199),
    last_year smallint NOT NULL CHECK (last_year BETWEEN 1972 AND 2199),
    PRIMARY KEY (site_id, first_year, last_year),
    CONSTRAINT ends_after_it_starts CHECK (first_year <= last_year)
);
COMMENT ON TABLE whc.site_danger IS 'Past periods on the List of World Heritage in Danger, both years included';

CREATE TABLE whc.site_component (
    site_id integer NOT NULL REFERENCES whc.site ON DELETE CASCADE,
    position integer NOT NULL CHECK (position >= 0),
    longitude double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    latitude double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    country text CHECK (country COLLATE "C" ~ '^[A-Z]{2}$'),
    PRIMARY KEY (site_id, position)
);
COMMENT ON TABLE whc.site_component IS 'The parts of a serial site, each a point (WGS 84)';
COMMENT ON COLUMN whc.site_component.country IS 'ISO 3166-1 alpha-2 of the country it lies in, where known';
CREATE INDEX site_component_country ON whc.site_component (country, site_id);

CREATE FUNCTION whc.touch() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION whc.touch() IS 'Keeps updated_at';
CREATE TRIGGER touch BEFORE UPDATE ON whc.site FOR EACH ROW EXECUTE FUNCTION whc.touch();

-- The version of the data. Triggers move it, and nothing else can: whc_writer may only read it.

CREATE TABLE whc.dataset_version (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    number bigint NOT NULL DEFAULT 1 CHECK (number > 0),
    edition uuid NOT NULL DEFAULT gen_random_uuid(),
    moved_at timestamptz NOT NULL DEFAULT now(),
    moved_by xid8
);
COMMENT ON TABLE whc.dataset_version IS 'One row that changes with every transaction that changes a site';
COMMENT ON COLUMN whc.dataset_version.number IS 'Counts the changes';
COMMENT ON COLUMN whc.dataset_version.edition IS 'Drawn anew with every change: after a restore the numbers repeat, '
    'with other data behind them, but the editions do not';
COMMENT ON COLUMN whc.dataset_version.moved_by IS 'The transaction that moved it last, so that each moves it once';
INSERT INTO whc.dataset_version DEFAULT VALUES;

CREATE FUNCTION whc.move_dataset_version() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN
        IF NOT EXISTS (SELECT FROM changed) THEN
            RETURN NULL; -- a statement that hit no row
        END IF;
    END IF;
    -- A transaction is named by number and time: in a restored database the number alone may come again.
    UPDATE whc.dataset_version
    SET number = number + 1, edition = gen_random_uuid(), moved_at = now(), moved_by = pg_current_xact_id()
    WHERE (moved_by, moved_at) IS DISTINCT FROM (pg_current_xact_id(), now());
    IF FOUND THEN
        PERFORM pg_notify('whc_dataset_version', '');
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION whc.move_dataset_version() IS 'Moves the version once a transaction, and tells who listens';

CREATE FUNCTION whc.lock_dataset_version() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS 'SELECT FROM whc.dataset_version FOR UPDATE';
COMMENT ON FUNCTION whc.lock_dataset_version() IS 'Until the end of the transaction no one else can change a site';

DO $$
DECLARE
    watched text;
BEGIN
    FOREACH watched IN ARRAY ARRAY['site', 'site_text', 'site_criterion', 'site_region', 'site_state',
                                   'site_extension', 'site_danger', 'site_component'] LOOP
        EXECUTE format('CREATE TRIGGER version_after_insert AFTER INSERT ON whc.%I REFERENCING NEW TABLE AS changed '
            'FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version()', watched);
        EXECUTE format('CREATE TRIGGER version_after_update AFTER UPDATE ON whc.%I REFERENCING NEW TABLE AS changed '
            'FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version()', watched);
        EXECUTE format('CREATE TRIGGER version_after_delete AFTER DELETE ON whc.%I REFERENCING OLD TABLE AS changed '
            'FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version()', watched);
        EXECUTE format('CREATE TRIGGER version_after_truncate AFTER TRUNCATE ON whc.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION whc.move_dataset_version()', watched);
        EXECUTE format('GRANT SELECT ON whc.%I TO whc_reader, whc_writer', watched);
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON whc.%I TO whc_writer', watched);
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA whc TO whc_reader, whc_writer;
GRANT SELECT ON whc.dataset_version, whc.schema_history TO whc_reader, whc_writer;
REVOKE ALL ON FUNCTION whc.touch(), whc.move_dataset_version(), whc.lock_dataset_version() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION whc.lock_dataset_version() TO whc_writer;
