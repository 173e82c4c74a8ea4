import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestHandler } from 'express';

const YEAR_SECONDS = 31_536_000;
const HASHED = /^\/chatkit-[0-9a-f]{16}\.js$/;

/**
 * Serves the element's script under an address that changes with its content, to be kept for ever, and
 * `/chatkit.json`, which tells that address and the hash for the `integrity` of a script tag. Pages of other
 * origins may load every file of the element.
 *
 * @param directory folder of the built element: chatkit.js
 */
export function elementScript(directory: string): RequestHandler {
  return async (request, response, next) => {
    if (!request.path.startsWith('/chatkit')) {
      next();
      return;
    }
    response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    const told = request.path === '/chatkit.json';
    const script =
      told || HASHED.test(request.path)
        ? await readFile(join(directory, 'chatkit.js')).catch(() => undefined)
        : undefined;
    if (!script) {
      next();
      return;
    }
    const src = `/chatkit-${createHash('sha256').update(script).digest('hex').slice(0, 16)}.js`;
    if (told) {
      const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;
      response.set('Cache-Control', 'no-cache').json({ src, integrity });
    } else if (request.path === src) {
      response.set('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`).type('js').send(script);
    } else next();
  };
}
