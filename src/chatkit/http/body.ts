import type { IncomingMessage } from 'node:http';
import { ClientGoneError, EndpointError } from './endpoint-error.js';

export interface BodyLimits {
  /** Bytes. */
  readonly bodyLimit: number;
  /** Milliseconds from the first look at the body to its last byte. */
  readonly bodyTimeoutMs: number;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The whole body as text. Never holds more than the limit: a declared length over it is refused before
 * anything is read, an undeclared one as soon as it is passed.
 *
 * @throws EndpointError payload_too_large, request_timeout, or invalid_request when it is not UTF-8
 * @throws ClientGoneError when the client leaves before the end
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyLimit) throw tooLarge(limits);
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
      if (size > limits.bodyLimit) fail(tooLarge(limits));
      else chunks.push(chunk);
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

function tooLarge({ bodyLimit }: BodyLimits): EndpointError {
  return new EndpointError('payload_too_large', `The body is larger than ${bodyLimit} bytes`);
}
