import { HttpException } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { InvalidRequestError } from '../core/index.js';
import { ClientGoneError, EndpointError } from './endpoint-error.js';
import { KeptBytes } from './kept-bytes.js';
import { admissionOf } from './request-limits.js';

type Done = (error: unknown, file?: { readonly buffer: Buffer; readonly size: number }) => void;

/** What multer keeps files by; its types are not those of a host. */
export interface FormStorage {
  _handleFile(request: object, file: { readonly stream: Readable }, done: Done): void;
  _removeFile(request: object, file: object, done: (error: unknown) => void): void;
}

/**
 * Keeps the file of a form in memory, as `buffer`, counted among the bytes that the sender's bodies may have.
 *
 * @param maxBytes what the form's limits allow
 */
export function formMemory(maxBytes: number): FormStorage {
  return {
    _handleFile: (request, { stream }, done) => {
      const file = new KeptBytes(maxBytes, (bytes) => admissionOf(request)?.keep(bytes));
      let refused = false;
      stream.on('data', (piece: Buffer) => {
        if (refused) return;
        try {
          file.append(piece);
        } catch (error) {
          refused = true;
          done(error);
        }
      });
      stream.on('end', () => {
        if (!refused) done(null, { buffer: file.bytes, size: file.length });
      });
    },
    _removeFile: (_request, _file, done) => done(null),
  };
}

/**
 * What reading a form has failed with, as the refusal that it is.
 *
 * @param field name of the form's field that carries the file
 */
export function formRefusal(error: unknown, field: string): unknown {
  if (error instanceof HttpException && error.getStatus() < 500) {
    const message = `${field}: ${error.message}`;
    return error.getStatus() === 413
      ? new EndpointError('payload_too_large', message, {}, field)
      : new InvalidRequestError(message, field);
  }
  const left = error instanceof Error && /^Request (aborted|closed)$/.test(error.message);
  return left ? new ClientGoneError('The client left while sending its form') : error;
}
