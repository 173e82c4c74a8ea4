/** The tables of the servers that are compared: no tenants in the keys, no row-level security. */
export const PLAIN_TABLES = `
  CREATE TABLE threads (
    id text PRIMARY KEY,
    user_id text NOT NULL,
    organization_id text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    data json NOT NULL
  );
  CREATE INDEX threads_by_user ON threads (user_id, created_at);
  CREATE TABLE items (
    id text PRIMARY KEY,
    thread_id text NOT NULL REFERENCES threads (id),
    user_id text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    data json NOT NULL
  );
  CREATE INDEX items_by_thread ON items (thread_id, created_at);
`;
