-- Says which older programs this schema still serves, so that they go on while it is ahead of them: during a deployment,
-- and after a rollback.
--
-- An expansion: nothing changes for programs of V0002.

CREATE TABLE whc.compatibility (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    oldest_program integer NOT NULL CHECK (oldest_program > 0)
);
COMMENT ON TABLE whc.compatibility IS 'One row, which a migration that contracts must raise';
COMMENT ON COLUMN whc.compatibility.oldest_program IS 'The newest schema version known to the oldest program that still works here';
INSERT INTO whc.compatibility (oldest_program) VALUES (2);
GRANT SELECT ON whc.compatibility TO whc_reader, whc_writer;
