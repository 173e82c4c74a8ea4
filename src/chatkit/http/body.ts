import type { IncomingMessage } from 'node:http';
import { ClientGoneError, EndpointError } from './endpoint-error.js';

export interface BodyLimits {
  /** Bytes. */
  readonly bodyLimit: number;
  /** Bytes of a request for dictation, which begins with its type. Where it is smaller, `bodyLimit` counts. */
  readonly audioBodyLimit: number;
  /** Milliseconds from the first look at the body to its last byte. */
  readonly bodyTimeoutMs: number;
}

/** How a request for dictation begins, and the bytes that show it. */
const DICTATION = /^\s*\{\s*"type"\s*:\s*"input\.transcribe"/;
const BEGINNING = 64;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The whole body as text. Never holds more than the limit: a declared length over it is refused before
 * anything is read, an undeclared one as soon as it is passed.
 *
 * @throws EndpointError payload_too_large, request_timeout, or invalid_request when it is not UTF-8
 * @throws ClientGoneError when the client leaves before the end
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  const highest = Math.max(limits.bodyLimit, limits.audioBodyLimit);
  if (declaredLength(request) > highest) throw tooLarge(highest);
  if (request.readableEnded) {
    throw new Error('The body was read before it reached the endpoint; set bodyParser to false');
  }
  const bytes = await collect(request, limits);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new EndpointError('invalid_request', 'The body is not valid UTF-8');
  }
}

function collect(request: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let limit: number | undefined;
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      act();
    };
    const fail = (error: Error): void => {
      settle(() => {
        request.pause();
        reject(error);
      });
    };
    const onData = (chunk: Uint8Array): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size < BEGINNING) return;
      limit ??= limitOf(chunks, limits);
      if (Math.max(size, declaredLength(request)) > limit) fail(tooLarge(limit));
    };
    const onEnd = (): void =>
      settle(() => {
        const [only] = chunks;
        resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size));
      });
    const onClose = (): void => fail(new ClientGoneError('The client left while sending its request'));
    const timer = setTimeout(() => {
      fail(new EndpointError('request_timeout', 'The body did not come in time'));
    }, limits.bodyTimeoutMs);
    timer.unref();
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
    if (request.destroyed) onClose();
  });
}

function declaredLength({ headers }: IncomingMessage): number {
  return Number(headers['content-length'] ?? 0);
}

/** The limit for a body that begins like this. */
function limitOf(chunks: readonly Uint8Array[], { bodyLimit, audioBodyLimit }: BodyLimits): number {
  if (audioBodyLimit <= bodyLimit) return bodyLimit;
  const beginning = Buffer.concat(chunks).toString('latin1', 0, BEGINNING);
  return DICTATION.test(beginning) ? audioBodyLimit : bodyLimit;
}

function tooLarge(limit: number): EndpointError {
  return new EndpointError('payload_too_large', `The body is larger than ${limit} bytes`);
}
