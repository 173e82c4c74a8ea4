import { cut } from '../cut.js';
import { InvalidRequestError } from '../errors.js';
import { chatKitRequest, type ChatKitRequest } from '../wire/requests.js';

/** Deepest nesting of arrays and objects a request may have; deeper ones could exhaust the stack. */
export const MAX_JSON_DEPTH = 100;

/** What is to blame where no member of the body is. */
const BODY = 'body';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === BACKSLASH) at++;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (char === OPENING_BRACE || char === OPENING_BRACKET) {
      if (++depth > limit) return true;
    } else if (char === CLOSING_BRACE || char === CLOSING_BRACKET) depth--;
  }
  return false;
}

/**
 * Reads the JSON text of a body.
 *
 * @throws InvalidRequestError when it is none, or nested too deep
 */
export function parseJson(text: string): unknown {
  if (isDeeperThan(text, MAX_JSON_DEPTH)) throw tooDeep();
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidRequestError('The body is not valid JSON', BODY);
  }
}

/**
 * Checks what somebody else has read from the JSON text of a body.
 *
 * @throws InvalidRequestError when it is nested too deep
 */
export function checkDepth(json: unknown): void {
  let level = [json].filter(isObject);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === MAX_JSON_DEPTH) throw tooDeep();
    level = level.flatMap((value) => Object.values(value).filter(isObject));
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function tooDeep(): InvalidRequestError {
  return new InvalidRequestError(`The body is nested deeper than ${MAX_JSON_DEPTH} levels`, BODY);
}

/**
 * Reads and validates the body of a ChatKit request. Unknown fields are dropped.
 *
 * @throws InvalidRequestError whose `field` is the dotted path of the first offending value
 */
export function parseRequest(body: string | Uint8Array): ChatKitRequest {
  return validRequest(parseJson(typeof body === 'string' ? body : new TextDecoder().decode(body)));
}

/**
 * As `parseRequest`, for a body whose JSON was read already, and not too deep.
 *
 * @throws InvalidRequestError whose `field` is the dotted path of the first offending value
 */
export function validRequest(json: unknown): ChatKitRequest {
  const result = chatKitRequest.safeParse(json);
  if (result.success) return result.data;
  throw invalid(result.error.issues);
}

/** What a schema of any copy of zod has found wrong. */
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Of each branch of a union. */
  readonly errors?: readonly (readonly Issue[])[];
}

interface ForeignZodError extends Error {
  readonly issues: readonly Issue[];
}

/** Where the payload of an action is in its request. */
export const PAYLOAD = 'params.action.payload';

/** Keys of a path can be the client's. */
const MAX_FIELD = 200;
const MAX_MESSAGE = 500;

/** Whether it is what a schema's `parse` throws, from whichever copy of zod. */
function isZodError(thrown: unknown): thrown is ForeignZodError {
  return (
    thrown instanceof Error &&
    /^\$?ZodError$/.test(thrown.name) &&
    'issues' in thrown &&
    Array.isArray(thrown.issues) &&
    thrown.issues.every((issue: unknown) => isObject(issue) && 'path' in issue && Array.isArray(issue.path))
  );
}

/**
 * What a hook threw, or, where a schema of its own did not fit the value it was given, the refusal that says so.
 *
 * @param at dotted path of that value in the request
 */
export function asRefusal(thrown: unknown, at: string): unknown {
  return isZodError(thrown) ? invalid(thrown.issues, at.split('.'), { cause: thrown }) : thrown;
}

function invalid(
  issues: readonly Issue[],
  above: readonly string[] = [],
  options?: ErrorOptions,
): InvalidRequestError {
  const { path, message } = deepest(issues[0], above);
  const field = cut(path.map(String).join('.'), MAX_FIELD) || BODY;
  return new InvalidRequestError(`${field}: ${cut(message, MAX_MESSAGE)}`, field, options);
}

type Located = Pick<Issue, 'path' | 'message'>;

/** The issue itself, or, for a union, the branch that got furthest. */
function deepest(issue: Issue | undefined, above: readonly PropertyKey[] = []): Located {
  if (issue === undefined) return { path: above, message: 'Invalid input' };
  const path = [...above, ...issue.path];
  const found = issue.errors?.map((branch) => deepest(branch[0], path)) ?? [];
  return found.reduce<Located>((a, b) => (b.path.length > a.path.length ? b : a), {
    path,
    message: issue.message,
  });
}

/** What the integration sent along: the request's own metadata, overlaid by that of its input. */
export function requestMetadata(request: ChatKitRequest): Record<string, unknown> {
  const ofInput =
    request.type === 'threads.create' || request.type === 'threads.add_user_message'
      ? request.params.input.metadata
      : undefined;
  return ofInput === undefined ? request.metadata : { ...request.metadata, ...ofInput };
}
