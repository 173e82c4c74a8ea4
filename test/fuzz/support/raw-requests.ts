import * as fc from 'fast-check';
import { NOTORIOUS } from './values.js';

const LIST = '{"type":"threads.list","params":{}}';

/** Bytes that may stand where nothing but ASCII should: NUL, half a surrogate in UTF-8, a broken sequence, high bytes. */
const JUNK = fc.oneof(
  fc.constantFrom(
    '\0',
    '\u00ED\u00A0\u0080',
    '\u00FF\u00FE',
    '\u0080',
    '\x7F',
    '\t',
    '\x0B',
    '\r',
    '\n',
    ' ',
  ),
  fc.constantFrom(...NOTORIOUS).map((value) =>
    Buffer.from(value)
      .toString('latin1')
      .replaceAll(/[\r\n]/g, ''),
  ),
);

const lines = fc.oneof(
  fc.constantFrom(
    'POST /chatkit HTTP/1.1',
    'GET /health HTTP/1.1',
    'GET /chatkit/admin/usage HTTP/1.1',
    'GET http://other.example/health HTTP/1.1',
    'GET //other.example/health HTTP/1.1',
    'GET /../../etc/passwd HTTP/1.1',
    'GET /auth/login?return_to=//evil.example HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'CONNECT other.example:443 HTTP/1.1',
    'TRACE / HTTP/1.1',
    'HEAD /health HTTP/1.1',
    'GET /health HTTP/1.0',
    'GET /health HTTP/9.9',
    'GET /health',
    'PRI * HTTP/2.0',
    'post /chatkit HTTP/1.1',
    `GET /${'p'.repeat(20_000)} HTTP/1.1`,
    '',
  ),
  JUNK.map((junk) => `GET /${junk} HTTP/1.1`),
);

const headers = fc.oneof(
  fc.constantFrom(
    'Content-Length: 0',
    'Content-Length: 5',
    `Content-Length: ${LIST.length}`,
    `Content-Length: ${LIST.length + 100}`,
    'Content-Length: -1',
    'Content-Length: 99999999999999999999',
    'Content-Length: 0x10',
    'Content-Length : 3',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: chunked, chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding: identity',
    'Transfer-Encoding:\tchunked',
    'Expect: 100-continue',
    'Expect: miracles',
    'Connection: close',
    'Connection: keep-alive, Authorization',
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13',
    'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
    'Upgrade: chatkit',
    'Host: other.example',
    'Authorization: Bearer a.b.c',
    'Authorization: Basic YTpi',
    'Cookie: chatkit_session=a; chatkit_session=b',
    `Cookie: ${'c=d; '.repeat(4000)}`,
    'Content-Type: application/json\r\nContent-Type: text/plain',
    'Content-Encoding: gzip',
    'X-Folded: a\r\n b',
    ': nameless',
    'nothing',
    `X-Long: ${'h'.repeat(15_000)}`,
    `X-Longer: ${'h'.repeat(70_000)}`,
    'X-Many: 1\r\n'.repeat(2500).trimEnd(),
    'X-User-Id: grace',
    'X-Forwarded-For: 127.0.0.1',
    'Trailer: Authorization',
  ),
  JUNK.map((junk) => `X-Junk: a${junk}b`),
  JUNK.map((junk) => `X${junk}: a`),
);

const bodies = fc.oneof(
  fc.constantFrom(
    '',
    LIST,
    LIST.slice(0, 10),
    `${LIST.length.toString(16)}\r\n${LIST}\r\n0\r\n\r\n`,
    `${LIST.length.toString(16)};a="b"\r\n${LIST}\r\n0\r\nAuthorization: Bearer x\r\nX-User-Id: grace\r\n\r\n`,
    `${LIST.length.toString(16)}\r\n${LIST}\r\n0\r\nX: ${'t'.repeat(40_000)}\r\n\r\n`,
    'ffffffffffffffff\r\nabc',
    '-1\r\nabc\r\n0\r\n\r\n',
    'zz\r\nabc',
    `5${';x'.repeat(20_000)}\r\nabcde\r\n0\r\n\r\n`,
    '0\r\n\r\nGET /chatkit/admin/usage HTTP/1.1\r\nHost: a\r\n\r\n',
  ),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

/** One request in latin-1, well formed or not; `token` stands where the sender's token goes. */
const request = fc
  .record({
    line: lines,
    isKnown: fc.boolean(),
    headers: fc.array(headers, { maxLength: 4 }),
    body: bodies,
    newline: fc.constantFrom('\r\n', '\r\n', '\r\n', '\n'),
  })
  .map(({ line, isKnown, headers: given, body, newline }) => {
    const known = isKnown
      ? ['Host: test', 'Authorization: Bearer {token}', 'Content-Type: application/json']
      : [];
    return [line, ...known, ...given, '', body].join(newline);
  });

/** How a connection goes on after its bytes: it is closed on this side, or torn. */
export interface RawInput {
  readonly bytes: string;
  readonly isTorn: boolean;
}

/** What one connection sends: requests behind each other, all of it or a part. */
export const rawInputs: fc.Arbitrary<RawInput> = fc
  .record({
    requests: fc.array(request, { minLength: 1, maxLength: 4 }),
    sent: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
    isTorn: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ requests, sent, isTorn }) => {
    const bytes = requests.join('');
    return { bytes: bytes.slice(0, Math.ceil(bytes.length * sent)), isTorn };
  });
