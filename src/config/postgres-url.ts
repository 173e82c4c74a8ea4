const SCHEME = /^postgres(ql)?:\/\//;
const AUTHORITY_END = /[/?#]/;
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
  const { before, hosts, after } = partsOf(url);
  return hosts.split(',').map((host) => withoutWanted(`${before}${host}${after}`));
}

/** Whether the URL names hosts or a database, and asks for nothing that cannot be had. */
export function isPostgresUrl(url: string): boolean {
  const wanted = URL.parse(`postgres://host${partsOf(url).after}`)?.searchParams.get(WANTED);
  const urls = hostUrls(url);
  return urls.length <= HOSTS && urls.every(namesPlace) && (wanted == null || WRITABLE.has(wanted));
}

/** What stands before the hosts, they, and what comes after. */
function partsOf(url: string): { readonly before: string; readonly hosts: string; readonly after: string } {
  const begin = SCHEME.exec(url)?.[0].length ?? 0;
  const length = url.slice(begin).search(AUTHORITY_END);
  const end = length === -1 ? url.length : begin + length;
  const at = begin + url.slice(begin, end).lastIndexOf('@') + 1;
  return { before: url.slice(0, at), hosts: url.slice(at, end), after: url.slice(end) };
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
