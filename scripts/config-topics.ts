/** A section of the page of variables: those whose names match, unless an earlier section has them. */
export interface ConfigTopic {
  readonly title: string;
  readonly names: RegExp;
}

/** What an installation in production sets or looks at; these lead the page. */
export const FIRST_VARIABLES: readonly string[] = [
  'NODE_ENV',
  'PORT',
  'PUBLIC_URL',
  'CHATKIT_DATABASE_URL',
  'AUTH_ISSUER',
  'AUTH_AUDIENCE',
  'AUTH_CLIENT_ID',
  'AUTH_CLIENT_SECRET',
  'AUTH_SESSION_SECRET',
  'OPENAI_API_KEY',
  'CHATKIT_MODEL',
  'CHATKIT_ATTACHMENTS_SECRET',
];

/** The sections in their order. What matches none of them is listed last. */
export const CONFIG_TOPICS: readonly ConfigTopic[] = [
  {
    title: 'Server',
    names:
      /^(NODE_ENV|HOST|PORT|PUBLIC_URL)$|^CHATKIT_(API_DOCS$|REPLICAS$|TRUST_PROXY|HSTS|CORS|HEADER|REQUEST_TIMEOUT|KEEP_ALIVE|DRAIN)/,
  },
  { title: 'Development', names: /^AUTH_DEV_|^CHATKIT_(DEMO$|OFFLINE_|DATABASE_EMBEDDED$|DATA_DIR$)/ },
  { title: 'Identity', names: /^AUTH_|^CHATKIT_(ADMIN|OPERATOR)_/ },
  {
    title: 'Database',
    names:
      /^CHATKIT_(DATABASE_|DATABASES$|NOTIFY_|MIGRATION_|MIGRATE_|ISOLATION$|POOL_|PREPARED_|PROBE_|SLOW_STATEMENT_|(CONNECT|STATEMENT|LOCK|IDLE)_TIMEOUT$|PAGE_(SIZE|BYTES)_)/,
  },
  { title: 'Tenants', names: /^CHATKIT_(REPORT_|RETENTION_)/ },
  { title: 'Files', names: /^CHATKIT_ATTACHMENTS_|^AWS_/ },
  {
    title: 'Documents',
    names: /^CHATKIT_(DOCUMENT|EMBEDDINGS_|RETRIEVAL_)/,
  },
  { title: 'MCP servers', names: /^CHATKIT_MCP_/ },
  {
    title: 'Model and agent',
    names:
      /^OPENAI_|^CHATKIT_(MODEL|TITLES$|SYSTEM_|HISTORY_|PAGE_QUERY$|TRANSCRIPTION_|AUDIO_|CONTEXT_|MAX_TURNS$|TOOL_|ASK_|TRACING$)/,
  },
  {
    title: 'Telemetry and logs',
    names: /^OTEL_|^(CHATKIT_)?(LOG|METRICS|TELEMETRY|PROMETHEUS|TRACES?|HEALTH|COMMIT)_?/,
  },
  {
    title: 'Streams and limits',
    names: /^CHATKIT_(LIMIT|MAX_|BODY_|DISCONNECT_|HEARTBEAT_|FRAME_|STALL_|SAVE_|LIMIT|QUOTA|RATE)/,
  },
];
