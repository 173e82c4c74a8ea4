import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { OperatorError } from '../core/errors.js';
import { checkDepth, parseJson } from '../core/requests/parse.js';
import { isJson, requireJson } from './content-type.js';
import { ClientGoneError, EndpointError } from './endpoint-error.js';
import { KeptBytes } from './kept-bytes.js';
import { admissionOf } from './request-limits.js';

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

/** What the body parser of an application may have left on a request; `rawBody` where it was asked to. */
interface ParsedRequest extends IncomingMessage {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/**
 * The JSON of the body, whether or not the body parser of the application has read it already. Never holds more
 * than the limit: a declared length over it is refused before anything is read, an undeclared one as soon as it
 * is passed.
 *
 * @throws EndpointError unsupported_media_type, payload_too_large, request_timeout, too_many_body_bytes, server_busy,
 *   or invalid_request when it is empty, not UTF-8, or was read as something else than JSON
 * @throws InvalidRequestError when it is no JSON, or nested too deep
 * @throws ClientGoneError when the client leaves before the end
 */
export async function readJson(request: ParsedRequest, limits: BodyLimits): Promise<unknown> {
  requireJson(request.headers);
  const highest = Math.max(limits.bodyLimit, limits.audioBodyLimit);
  if (declaredLength(request) > highest) throw tooLarge(highest);
  if (!request.readableEnded)
    return parseJson(decoded(arrived(request, limits) ?? (await collect(request, limits))));
  const bytes = bytesLeft(request);
  if (bytes === undefined) return parsedJson(request, limits);
  const limit = limitOf(bytes, limits);
  if (bytes.length > limit) throw tooLarge(limit);
  return parseJson(decoded(bytes));
}

/**
 * The bytes of the body as a stream, whether or not the body parser of the application has read them already.
 * JSON that it keeps no bytes of is written anew.
 *
 * @throws EndpointError invalid_request when they cannot be had any more
 */
export function bodyStream(request: ParsedRequest): Readable {
  if (!request.readableEnded) return request;
  const { body } = request;
  const bytes = bytesLeft(request) ?? (typeof body === 'string' ? Buffer.from(body) : undefined);
  if (bytes !== undefined) return Readable.from([bytes]);
  if (!isJson(request.headers['content-type'])) throw readAs('a form');
  checkDepth(parsed(request));
  return Readable.from([Buffer.from(JSON.stringify(body))]);
}

function decoded(bytes: Uint8Array): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw unusable('The body is not valid UTF-8');
  }
  if (text === '') throw empty();
  return text;
}

/** The bytes of a body that was read already, where they were kept. */
function bytesLeft({ body, rawBody }: ParsedRequest): Uint8Array | undefined {
  return [rawBody, body].find((value) => value instanceof Uint8Array);
}

/** A parser makes `{}` of nothing, too. */
function parsedJson(request: ParsedRequest, limits: BodyLimits): unknown {
  const body = parsed(request);
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (coding === undefined && Number(length ?? 0) === 0) throw empty();
  if (typeof body !== 'object' || body === null)
    throw readAs(typeof body === 'string' ? 'text' : 'no object');
  checkDepth(body);
  const isDictation = 'type' in body && body.type === 'input.transcribe';
  const limit = isDictation ? Math.max(limits.bodyLimit, limits.audioBodyLimit) : limits.bodyLimit;
  const size = length === undefined ? Buffer.byteLength(JSON.stringify(body)) : Number(length);
  if (size > limit) throw tooLarge(limit);
  return body;
}

function parsed({ body }: ParsedRequest): unknown {
  if (body !== undefined) return body;
  throw new OperatorError(
    'Something of the application has read the body and left nothing of it: let its body parser do that, or set bodyParser to false',
  );
}

function unusable(message: string): EndpointError {
  return new EndpointError('invalid_request', message, {}, 'body');
}

function empty(): EndpointError {
  return unusable('The body is empty');
}

function readAs(what: string): EndpointError {
  return unusable(`The application has read the body as ${what}, not as JSON`);
}

/**
 * The bytes of a body that has come as a whole by now, as small ones do together with their headers: nothing has to be
 * waited for. Undefined where some of it is yet to come.
 */
function arrived(request: IncomingMessage, limits: BodyLimits): Uint8Array | undefined {
  if (!request.complete || request.destroyed || request.readableFlowing !== null) return undefined;
  const size = request.readableLength;
  if (size === 0) return undefined;
  admissionOf(request)?.keep(size);
  const bytes = request.read() as Uint8Array;
  const limit = limitOf(bytes, limits);
  if (size > limit) throw tooLarge(limit);
  return bytes;
}

function collect(request: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const admission = admissionOf(request);
    const most = Math.max(limits.bodyLimit, limits.audioBodyLimit);
    const body = new KeptBytes(most, (bytes) => admission?.keep(bytes));
    let limit: number | undefined;
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      act();
    };
    const fail = (error: unknown): void => {
      settle(() => {
        request.pause();
        reject(error);
      });
    };
    const take = (chunk: Uint8Array): void => {
      const size = body.length + chunk.length;
      if (size > most) throw tooLarge(limit ?? limits.bodyLimit);
      body.append(chunk);
      if (size < BEGINNING) return;
      limit ??= limitOf(body.bytes, limits);
      if (Math.max(size, declaredLength(request)) > limit) throw tooLarge(limit);
    };
    const onData = (chunk: Uint8Array): void => {
      try {
        take(chunk);
      } catch (error) {
        fail(error);
      }
    };
    const onEnd = (): void => settle(() => resolve(body.bytes));
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
function limitOf(bytes: Uint8Array, { bodyLimit, audioBodyLimit }: BodyLimits): number {
  if (audioBodyLimit <= bodyLimit) return bodyLimit;
  const beginning = Buffer.from(bytes.subarray(0, BEGINNING)).toString('latin1');
  return DICTATION.test(beginning) ? audioBodyLimit : bodyLimit;
}

function tooLarge(limit: number): EndpointError {
  return new EndpointError('payload_too_large', `The body is larger than ${limit} bytes`);
}
