-- As probity_owner in the database of the product, after the migrations of every release; again harmless.
-- The application reads and writes rows. It owns nothing: no table, trigger or function can be changed by it.
GRANT USAGE ON SCHEMA public TO probity_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO probity_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO probity_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO probity_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO probity_app;
-- The record only grows, and what was migrated is the owner's to say.
REVOKE UPDATE, DELETE ON audit_entry, audit_leaf, audit_node, audit_checkpoint FROM probity_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM probity_app;
