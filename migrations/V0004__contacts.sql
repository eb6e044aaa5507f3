-- Contacts of cases, the audit of every change, and what came of requests that may be sent again.
--
-- An expansion: nothing goes away, and nothing of what is here belongs to whc_reader or whc_writer.
--
-- No column that holds something personal has a constraint: PostgreSQL writes a row that breaks one into its log, values
-- and all. The program checks them.

CREATE TABLE whc.case_contact (
    case_id bigint PRIMARY KEY CHECK (case_id BETWEEN 1 AND 9007199254740991),
    title text,
    first_name text,
    last_name text,
    phone_no text,
    address text,
    site_id integer CHECK (site_id BETWEEN 1 AND 999999),
    version text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
COMMENT ON TABLE whc.case_contact IS 'Whom to talk to about a case: at most one contact for each';
COMMENT ON COLUMN whc.case_contact.case_id IS 'Never changes; up to 2^53-1, the last number that is exact in JSON everywhere';
COMMENT ON COLUMN whc.case_contact.site_id IS 'The site it is about, where known; no foreign key, so that a site can be removed';
COMMENT ON COLUMN whc.case_contact.version IS 'Drawn anew with every change, for the ETag';
CREATE INDEX case_contact_site ON whc.case_contact (site_id, case_id) WHERE site_id IS NOT NULL;

CREATE TABLE whc.audit_event (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    issuer text,
    actor text NOT NULL,
    action text NOT NULL CHECK (action IN ('create', 'update', 'delete', 'erase')),
    subject_kind text NOT NULL CHECK (subject_kind IN ('case', 'site')),
    subject_id bigint NOT NULL CHECK (subject_id > 0),
    request_id text NOT NULL,
    fields text[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE whc.audit_event IS 'Who changed what, and when; written with the change, never altered afterwards';
COMMENT ON COLUMN whc.audit_event.number IS 'Tells events of the same moment apart';
COMMENT ON COLUMN whc.audit_event.issuer IS 'Who vouches for the actor (iss), where a token says it';
COMMENT ON COLUMN whc.audit_event.actor IS 'Who did it, in the words of the issuer (sub)';
COMMENT ON COLUMN whc.audit_event.subject_id IS 'The number of the case or the site; no foreign key, what happened outlives them';
COMMENT ON COLUMN whc.audit_event.fields IS 'The names of what was set or changed, never a value';
CREATE INDEX audit_event_newest ON whc.audit_event (at DESC, number DESC);
CREATE INDEX audit_event_subject ON whc.audit_event (subject_kind, subject_id, at DESC);
-- By hash: who it is may be longer than an entry of the other kind of index.
CREATE INDEX audit_event_actor ON whc.audit_event USING hash (actor);

CREATE FUNCTION whc.refuse_alteration() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%.% is only added to', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION whc.refuse_alteration() IS 'Refuses to alter what was written down, whoever asks';
CREATE TRIGGER refuse_alteration BEFORE UPDATE OR DELETE OR TRUNCATE ON whc.audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION whc.refuse_alteration();
ALTER TABLE whc.audit_event ENABLE ALWAYS TRIGGER refuse_alteration;

CREATE TABLE whc.idempotency (
    id bytea PRIMARY KEY,
    body bytea NOT NULL,
    case_id bigint NOT NULL,
    status smallint NOT NULL,
    location text NOT NULL,
    version text NOT NULL,
    at timestamptz NOT NULL
);
COMMENT ON TABLE whc.idempotency IS 'What came of requests with an idempotency key, for 24 hours; nothing of the contact';
COMMENT ON COLUMN whc.idempotency.id IS 'The keyed hash of caller, method, path and key';
COMMENT ON COLUMN whc.idempotency.body IS 'The keyed hash of the body, to tell another one';
COMMENT ON COLUMN whc.idempotency.version IS 'The version of the contact then, for the ETag';
CREATE INDEX idempotency_case ON whc.idempotency (case_id);
CREATE INDEX idempotency_oldest ON whc.idempotency (at);

-- The key of the hashes. Nobody may read it: who sees a hash could else try out names until one fits.
CREATE TABLE whc.hash_key (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    inner_key bytea NOT NULL CHECK (length(inner_key) = 64),
    outer_key bytea NOT NULL CHECK (length(outer_key) = 64)
);
COMMENT ON TABLE whc.hash_key IS 'One row: the secret of whc.keyed_hash, drawn by this migration, as HMAC uses it';
DO $$
DECLARE
    secret bytea := decode(replace(concat(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex');
    inner_key bytea := secret;
    outer_key bytea := secret;
BEGIN
    FOR place IN 0..63 LOOP
        inner_key := set_byte(inner_key, place, get_byte(secret, place) # 54); -- 0x36 of RFC 2104
        outer_key := set_byte(outer_key, place, get_byte(secret, place) # 92); -- 0x5c
    END LOOP;
    INSERT INTO whc.hash_key (inner_key, outer_key) VALUES (inner_key, outer_key);
END
$$;

CREATE FUNCTION whc.keyed_hash(message bytea) RETURNS bytea
    LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS 'SELECT sha256(outer_key || sha256(inner_key || message)) FROM whc.hash_key';
COMMENT ON FUNCTION whc.keyed_hash(bytea) IS 'HMAC-SHA256 with the secret of this database';

REVOKE ALL ON FUNCTION whc.refuse_alteration(), whc.keyed_hash(bytea) FROM PUBLIC;
GRANT USAGE ON SCHEMA whc TO whc_desk;
GRANT SELECT ON whc.dataset_version, whc.schema_history, whc.compatibility TO whc_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON whc.case_contact, whc.idempotency TO whc_desk;
GRANT SELECT, INSERT ON whc.audit_event TO whc_desk;
GRANT EXECUTE ON FUNCTION whc.keyed_hash(bytea) TO whc_desk;
