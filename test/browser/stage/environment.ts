/** The environment of a portal as a newcomer starts it, but for a model that takes little time for its words. */
export function portalEnvironment(portal: {
  readonly url: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly files: string;
}): NodeJS.ProcessEnv {
  return {
    PUBLIC_URL: portal.url,
    NODE_ENV: 'development',
    PORT: String(portal.port),
    CHATKIT_DATABASE_URL: portal.databaseUrl,
    CHATKIT_ATTACHMENTS_DIR: portal.files,
    CHATKIT_OFFLINE_DELAY_MS: '4',
  };
}
