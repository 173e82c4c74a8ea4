import { CANARY } from './strangers.js';

/** An answer of the server. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

interface Refusal {
  readonly error?: {
    readonly code?: unknown;
    readonly message?: unknown;
    readonly field?: unknown;
    readonly correlation_id?: unknown;
  };
}

/**
 * What is wrong with an answer: it says that the server is at a loss, it is a refusal that cannot be read or names no
 * field, or it holds something of a stranger. What this server cannot do at all is no failure.
 */
export function complaintAbout({ status, text, headers }: Answered): string | undefined {
  if (text.includes(CANARY) || [...headers.values()].join('\n').includes(CANARY))
    return 'tells of a stranger';
  if (status < 400) return undefined;
  const { code, message, field, correlation_id: id } = parsed(text).error ?? {};
  if ([code, message, id].some((part) => typeof part !== 'string' || part === ''))
    return `${status} is no refusal`;
  if (status === 400 && (typeof field !== 'string' || field === '')) return '400 names no field';
  if (status < 500 || (status === 501 && code === 'unsupported')) return undefined;
  return `${status}: the server is at a loss`;
}

function parsed(text: string): Refusal {
  try {
    return JSON.parse(text) as Refusal;
  } catch {
    return {};
  }
}
