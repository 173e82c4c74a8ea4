import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import express, { type RequestHandler, type Response } from 'express';

const YEAR_MS = 31_536_000_000;
/** The single file, and the address of the module that stays. */
const SCRIPT = 'chatkit.js';
/** What that module imports: everything that the element has from the start. */
const CORE = /chatkit-core-[\w-]{1,64}\.js/;

interface Told {
  readonly src: string;
  readonly integrity: string;
}

/** The two forms of the script, each under an address that changes with its content. */
interface Addresses extends Told {
  readonly module: Told;
}

/**
 * Serves the element: the single file under `/chatkit.js` and an address to be kept for ever, the module with
 * its parts under `/element/`, and `/chatkit.json`, which tells the lasting addresses and the hashes for the
 * `integrity` of a script tag. Pages of any origin may load them.
 *
 * @param directory folder of the built element: chatkit.js and module/
 * @param root path at which browsers reach the server, without a trailing slash
 */
export function elementFiles(directory: string, root = ''): RequestHandler {
  const addresses = addressesIn(directory, root);
  const files = express.Router();
  files.use(['/chatkit*path', '/element'], (_request, response, next) => {
    response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    next();
  });
  files.get('/chatkit.json', async (_request, response, next) => {
    const told = await addresses();
    if (told) response.set('Cache-Control', 'no-cache').json(told);
    else next();
  });
  files.get('/chatkit-:hash.js', async ({ path }, response, next) => {
    const told = await addresses();
    if (root + path === told?.src)
      response.sendFile(SCRIPT, { root: directory, maxAge: YEAR_MS, immutable: true });
    else next();
  });
  files.use('/element', express.static(join(directory, 'module'), { index: false, setHeaders: keepParts }));
  files.get(`/${SCRIPT}`, express.static(directory, { index: false, setHeaders: keepParts }));
  return files;
}

/** Everything but the addresses that stay is named after its content. */
function keepParts(response: Response, path: string): void {
  const stays = basename(path) === SCRIPT;
  response.set('Cache-Control', stays ? 'no-cache' : `public, max-age=${YEAR_MS / 1_000}, immutable`);
}

/** Reads and hashes the scripts once for each time they were built. */
function addressesIn(directory: string, root: string): () => Promise<Addresses | undefined> {
  let read: { readonly built: number; readonly addresses: Promise<Addresses> } | undefined;
  return async () => {
    try {
      const { mtimeMs: built } = await stat(join(directory, SCRIPT));
      if (read?.built !== built) read = { built, addresses: readAddresses(directory, root) };
      return await read.addresses;
    } catch {
      read = undefined;
      return undefined;
    }
  };
}

async function readAddresses(directory: string, root: string): Promise<Addresses> {
  const module = join(directory, 'module');
  const [core = SCRIPT] = CORE.exec(await readFile(join(module, SCRIPT), 'utf8')) ?? [];
  const single = await readFile(join(directory, SCRIPT));
  const name = createHash('sha256').update(single).digest('hex').slice(0, 16);
  return {
    src: `${root}/chatkit-${name}.js`,
    integrity: integrityOf(single),
    module: { src: `${root}/element/${core}`, integrity: integrityOf(await readFile(join(module, core))) },
  };
}

function integrityOf(script: Buffer): string {
  return `sha384-${createHash('sha384').update(script).digest('base64')}`;
}
