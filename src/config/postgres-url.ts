const PARTS = /^(postgres(?:ql)?:\/\/)([^/?#]*)([^]*)$/;
const WANTED = 'target_session_attrs';

/** What a server must be to keep conversations; one that is read alone cannot. */
const WRITABLE = new Set(['read-write', 'primary']);
/** Hosts that a URL may name. */
const HOSTS = 16;

/**
 * The URLs of a PostgreSQL URL that names several hosts, `host:port,host:port` as libpq has it, in their order; of any
 * other the URL itself.
 */
export function hostUrls(url: string): string[] {
  const [, scheme = '', authority = '', rest = ''] = PARTS.exec(url) ?? [];
  const at = authority.lastIndexOf('@') + 1;
  const urls = authority
    .slice(at)
    .split(',')
    .map((host) => `${scheme}${authority.slice(0, at)}${host}${rest}`);
  return urls.map(withoutWanted);
}

/** Whether the URL names hosts or a database, and asks for nothing that cannot be had. */
export function isPostgresUrl(url: string): boolean {
  const wanted = URL.parse(url.replace(PARTS, 'postgres://host$3'))?.searchParams.get(WANTED);
  const urls = hostUrls(url);
  return urls.length <= HOSTS && urls.every(namesPlace) && (wanted == null || WRITABLE.has(wanted));
}

function namesPlace(text: string, _index: number, all: readonly string[]): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  if (all.length > 1) return url.hostname !== '';
  return url.hostname !== '' || url.pathname.length > 1 || url.searchParams.has('host');
}

/** The driver does not know it, and would hand it on to a pool that does not either. */
function withoutWanted(text: string): string {
  if (!text.includes(WANTED)) return text;
  const url = URL.parse(text);
  if (url === null) return text;
  url.searchParams.delete(WANTED);
  return url.href;
}
