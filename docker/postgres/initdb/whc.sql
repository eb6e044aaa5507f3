-- The database of docker/compose.yaml and a user for each task, with no more rights than it takes. The first start on
-- an empty volume runs this as the superuser. The password is no secret and belongs on no other machine.

\i /migrations/roles.sql

CREATE ROLE deployer LOGIN PASSWORD 'local' IN ROLE whc_owner;
CREATE ROLE curator LOGIN PASSWORD 'local' IN ROLE whc_writer;
CREATE ROLE web LOGIN PASSWORD 'local' IN ROLE whc_reader;
CREATE ROLE desk LOGIN PASSWORD 'local' IN ROLE whc_desk;

CREATE DATABASE whc;
REVOKE ALL ON DATABASE whc FROM PUBLIC;
GRANT CONNECT, CREATE ON DATABASE whc TO deployer;
GRANT CONNECT ON DATABASE whc TO curator, web, desk;
