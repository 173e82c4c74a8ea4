import type { IncomingMessage, ServerResponse } from 'node:http';

/** As Express takes it. */
export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

const LOOPBACK = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/;
/** What proxies say whose request they pass on in. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const;
const REFUSAL =
  'The development provider answers this computer alone, since everybody knows its password. ' +
  'In a container, AUTH_DEV_PROVIDER=network opens it to whoever reaches the server.\n';

/** Whether the request began on this computer, as far as can be seen: proxies on it pass on what others have sent. */
function isOfThisComputer({ socket, headers }: IncomingMessage): boolean {
  const forwarded = FORWARDED.flatMap((name) => String(headers[name] ?? '').split(','));
  const told = forwarded.map((address) => address.trim()).filter((address) => address !== '');
  return [socket.remoteAddress, socket.localAddress, ...told].every(
    (address) => address !== undefined && LOOPBACK.test(address),
  );
}

/** Keeps everybody from it who is not on this computer. */
export function forThisComputer(inner: Middleware): Middleware {
  return (request, response, next) => {
    if (isOfThisComputer(request)) return inner(request, response, next);
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
    response.writeHead(403, headers).end(REFUSAL);
  };
}
