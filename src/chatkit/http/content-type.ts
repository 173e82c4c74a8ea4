import type { IncomingHttpHeaders } from 'node:http';
import { EndpointError } from './endpoint-error.js';

const PARAMETER = /^([^\s=;]+)\s*=\s*(?:"([^"]*)"|([^\s";]+))?$/;
const UTF8 = new Set(['utf-8', 'utf8']);

/**
 * Lets pass what the endpoint can read: JSON, in UTF-8, not compressed.
 *
 * @throws EndpointError unsupported_media_type
 */
export function requireJson(headers: IncomingHttpHeaders): void {
  const type = headers['content-type'];
  if (type !== 'application/json' && !isJson(type)) {
    throw unsupported('The body must be application/json in UTF-8', { accept: 'application/json' });
  }
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    throw unsupported('Compressed bodies are not accepted', { 'accept-encoding': 'identity' });
  }
}

/** Whether a `Content-Type` says JSON in UTF-8. */
export function isJson(header: string | undefined): boolean {
  const [type = '', ...parameters] = (header ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') return false;
  return parameters.every((parameter) => {
    const text = parameter.trim();
    if (text === '') return true;
    const [, name, quoted, plain] = PARAMETER.exec(text) ?? [];
    if (name === undefined) return false;
    return name.toLowerCase() !== 'charset' || UTF8.has((quoted ?? plain ?? '').toLowerCase());
  });
}

function unsupported(message: string, headers: Record<string, string>): EndpointError {
  return new EndpointError('unsupported_media_type', message, headers);
}
