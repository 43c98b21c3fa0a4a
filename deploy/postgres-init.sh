#!/bin/bash
# Run once, by PostgreSQL's container, on an empty volume: a role and a database for each service, closed to the others.
set -euo pipefail

for service in contacts deals claims reporting; do
  variable=CRM_${service^^}_DB_PASSWORD
  psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set service="$service" --set password="${!variable:?}" <<'SQL'
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done
