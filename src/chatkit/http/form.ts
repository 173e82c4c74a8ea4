import { HttpException } from '@nestjs/common';
import { InvalidRequestError } from '../core/index.js';
import { ClientGoneError, EndpointError } from './endpoint-error.js';

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
