import * as z from 'zod';
import { InvalidRequestError } from './errors.js';
import { chatKitRequest, type ChatKitRequest } from './wire/requests.js';

/** Deepest nesting of arrays and objects a request may have; deeper ones could exhaust the stack. */
export const MAX_JSON_DEPTH = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === BACKSLASH) at++;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (OPENING.has(char) && ++depth > limit) return true;
    else if (CLOSING.has(char)) depth--;
  }
  return false;
}

/**
 * Reads and validates the body of a ChatKit request. Unknown fields are dropped.
 *
 * @throws InvalidRequestError whose `field` is the dotted path of the first offending value
 */
export function parseRequest(body: string | Uint8Array): ChatKitRequest {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  if (isDeeperThan(text, MAX_JSON_DEPTH)) {
    throw new InvalidRequestError(`The body is nested deeper than ${MAX_JSON_DEPTH} levels`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InvalidRequestError('The body is not valid JSON');
  }
  const result = chatKitRequest.safeParse(json);
  if (result.success) return result.data;
  throw invalid(result.error);
}

function invalid(error: z.ZodError): InvalidRequestError {
  const issue = deepest(error.issues[0]);
  const field = issue.path.map(String).join('.');
  return new InvalidRequestError(`${field || 'body'}: ${issue.message}`, field || undefined);
}

interface Located {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The issue itself, or, for a union, the branch that got furthest. */
function deepest(issue: z.core.$ZodIssue | undefined, above: readonly PropertyKey[] = []): Located {
  if (issue === undefined) return { path: above, message: 'Invalid input' };
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return { path, message: issue.message };
  const found = issue.errors.map((branch) => deepest(branch[0], path));
  return found.reduce((a, b) => (b.path.length > a.path.length ? b : a), { path, message: issue.message });
}

/** What the integration sent along: the request's own metadata, overlaid by that of its input. */
export function requestMetadata(request: ChatKitRequest): Record<string, unknown> {
  const ofInput =
    request.type === 'threads.create' || request.type === 'threads.add_user_message'
      ? request.params.input.metadata
      : undefined;
  return ofInput === undefined ? request.metadata : { ...request.metadata, ...ofInput };
}
