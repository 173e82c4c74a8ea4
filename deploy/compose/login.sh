#!/bin/sh
# Makes the login of the server when the database is new: it owns the database, and is no superuser.
set -eu
psql --set ON_ERROR_STOP=1 --set "secret=$POSTGRES_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE chatkit LOGIN CREATEROLE PASSWORD :'secret';
ALTER DATABASE chatkit OWNER TO chatkit;
SQL
