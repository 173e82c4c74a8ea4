import { cut } from '../../chatkit/core/cut.js';
import { isLoggable } from '../../chatkit/core/errors.js';
import type { LogFacts } from '../../chatkit/core/logger.js';

const MAX_DEPTH = 4;
const MAX_KEYS = 20;
const MAX_TEXT = 300;
/** What is read of a text; secrets in it shorten it. */
const MAX_READ = 2000;
const MAX_FRAMES = 6;

const SECRET_KEY =
  /token|authorization|cookie|secret|password|credential|api_?key|text|content|prompt|message|body|query|sql|parameters|detail/i;
const SECRET_TEXT = /\bBearer\s+\S+|\beyJ[\w.-]*|\bsk-[\w-]+/gi;

/**
 * A bounded, plain picture of facts for a log line. Texts under names that hold messages, tokens or
 * queries are left out, and of errors that are not our own everything that could quote their input.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return text(value);
  if (value instanceof Error) return failure(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  if (typeof value === 'object' && value !== null) {
    if (depth >= MAX_DEPTH) return '[…]';
    if (Array.isArray(value)) return value.slice(0, MAX_KEYS).map((member) => redact(member, depth + 1));
    return redactFacts(value, depth);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return value === undefined ? undefined : `[${typeof value}]`;
}

/** As {@link redact}; what is not there is left out. */
export function redactFacts(facts: LogFacts | object, depth = 0): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  let count = 0;
  for (const [key, value] of Object.entries(facts)) {
    if (value === undefined) continue;
    if (count === MAX_KEYS) break;
    count += 1;
    shown[key] = hide(key, value, depth);
  }
  return shown;
}

function hide(key: string, value: unknown, depth: number): unknown {
  if (key === 'error') return failure(value, depth + 1);
  const shows = typeof value === 'number' || typeof value === 'boolean' || value === undefined;
  return shows || !SECRET_KEY.test(key) ? redact(value, depth + 1) : '[redacted]';
}

function text(value: string): string {
  const safe = cut(value, MAX_READ).replaceAll(SECRET_TEXT, '[redacted]');
  return safe.length > MAX_TEXT ? `${cut(safe, MAX_TEXT)}…` : safe;
}

/** Name, code and place. The message only where it is ours: others quote data and SQL. */
function failure(thrown: unknown, depth: number): unknown {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  return {
    name: text(thrown.name === 'Error' ? thrown.constructor.name : thrown.name),
    code: typeof code === 'string' || typeof code === 'number' ? redact(code) : undefined,
    reason: isLoggable(thrown) ? text(thrown.message) : undefined,
    at: frames(thrown),
    cause: thrown.cause === undefined || depth >= MAX_DEPTH ? undefined : failure(thrown.cause, depth + 1),
  };
}

/** The stack begins with the message, which can have any number of lines and is cut off. */
function frames(thrown: Error): string[] | undefined {
  const head = `${thrown.name}: ${thrown.message}`;
  const stack = thrown.stack ?? '';
  const start = stack.startsWith(head) ? head.length : stack.indexOf(thrown.message) + thrown.message.length;
  const lines = stack.slice(start).split('\n').slice(1);
  const places = lines.map((line) => line.trim()).filter((line) => /^at .+:\d+:\d+\)?$/.test(line));
  return places.length === 0 ? undefined : places.slice(0, MAX_FRAMES);
}
