import 'server-only';

/** Where everything is; read on the server when first asked for, so that a build needs none of it. */
export interface Settings {
  /** The chat endpoint of the backend, with its exact path. */
  readonly chatkitUrl: URL;
  /** Origin browsers reach this application at. */
  readonly appUrl: string;
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scope: string;
  readonly sessionSecret: string;
  /** Largest upload in bytes, with what a form adds to its file. */
  readonly maxUploadBytes: number;
}

let known: Settings | undefined;

/** @throws Error that names the variable which is missing or malformed */
export function settings(): Settings {
  known ??= {
    chatkitUrl: address('CHATKIT_URL', 'http://localhost:3000/chatkit'),
    appUrl: address('APP_URL', 'http://localhost:3001').origin,
    issuer: address('OIDC_ISSUER', 'http://localhost:3000/oidc'),
    clientId: text('OIDC_CLIENT_ID') ?? 'portal',
    clientSecret: text('OIDC_CLIENT_SECRET'),
    scope: text('OIDC_SCOPE') ?? 'openid profile email',
    sessionSecret: secret('SESSION_SECRET'),
    maxUploadBytes: bytes('MAX_UPLOAD_BYTES', 20 * 1024 * 1024 + 64 * 1024),
  };
  return known;
}

function text(name: string): string | undefined {
  return process.env[name]?.trim() || undefined;
}

function address(name: string, fallback: string): URL {
  const url = URL.parse(text(name) ?? fallback);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error(`${name} must be an address that begins with http:// or https://`);
  }
  return url;
}

function bytes(name: string, fallback: number): number {
  const value = Number(text(name) ?? fallback);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a number of bytes`);
  return value;
}

function secret(name: string): string {
  const value = text(name);
  if (value === undefined || value.length < 32) throw new Error(`${name} must have 32 characters or more`);
  return value;
}
