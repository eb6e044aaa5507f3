-- The four roles of whc. Roles belong to the whole cluster, so this file stands apart from the numbered migrations.
--
-- `whc migrate` runs it when a role is missing. Where the migrating user may not create roles, an administrator runs
-- it once: psql -f roles.sql. It can run any number of times, and from several databases at once.

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['whc_owner', 'whc_writer', 'whc_reader', 'whc_desk'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- another database of the cluster was faster
            END;
        END IF;
    END LOOP;
END
$$;
