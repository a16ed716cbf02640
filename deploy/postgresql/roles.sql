-- Once, as a superuser: who owns the tables and migrates, and who the application is. docs/guide/operating.md
-- psql -v owner_password=… -v app_password=… -f roles.sql
CREATE ROLE probity_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE probity_app LOGIN PASSWORD :'app_password';
CREATE DATABASE probity OWNER probity_owner;
REVOKE ALL ON DATABASE probity FROM PUBLIC;
-- Staging tables of deliveries are temporary tables.
GRANT CONNECT, TEMPORARY ON DATABASE probity TO probity_app;
