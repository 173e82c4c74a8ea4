import { hostUrls } from '../../config/postgres-url.js';

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|)$/;
const VERIFYING = new Set(['verify-ca', 'verify-full']);

/**
 * Whether whoever stands between this machine and the database can read or change what passes: there is no encryption,
 * or nobody checks whose certificate it is, of any of its hosts. Follows the parameters of `pg-connection-string`.
 */
export function isExposed(url: string): boolean {
  return hostUrls(url).some(isHostExposed);
}

function isHostExposed(url: string): boolean {
  const target = URL.parse(url);
  if (target === null) return true;
  const host = target.searchParams.get('host') ?? target.hostname;
  if (LOCAL.test(host) || host.startsWith('/')) return false;
  return !VERIFYING.has(target.searchParams.get('sslmode') ?? '');
}
