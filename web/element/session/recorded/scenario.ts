import { readFileSync, readdirSync } from 'node:fs';
import { isRecord, list, record, text } from '../json.js';
import type { JsonRecord } from '../json.js';
import { isHiddenType } from '../read-items.js';

const SEEDED = 'thr_seed';
const SEED_TIME = '2020-01-02T03:04:05';

/** What the server held in a thread, as far as clients may read it, oldest first. */
export type Holding = readonly unknown[];

export interface RecordedStep {
  readonly user: string;
  readonly type: string;
  readonly params: JsonRecord;
  /** The thread it works on; undefined where it works on none. */
  readonly threadId: string | undefined;
  /** How many events a client got that went away before the end. */
  readonly cancelAfter: number | undefined;
  readonly events: readonly unknown[] | undefined;
  readonly json: unknown;
  readonly raises: string | undefined;
  /** Undefined where the recording does not tell. */
  readonly held: Holding | undefined;
}

export interface Recording {
  readonly name: string;
  /** The thread that exists beforehand, with what it holds. */
  readonly seed: { readonly thread: JsonRecord; readonly held: Holding } | undefined;
  readonly steps: readonly RecordedStep[];
}

/** Every recording of both families. */
export function recordings(): readonly Recording[] {
  return [...filesOf('server').map(ofServer), ...filesOf('agents').map(ofAgent)];
}

function filesOf(family: string): readonly (readonly [string, JsonRecord])[] {
  const folder = new URL(`../../../../test/conformance/${family}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const value: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
      return [`${family}/${file.replace('.json', '')}`, record(value)] as const;
    });
}

function ofServer([name, scenario]: readonly [string, JsonRecord]): Recording {
  const given = list(scenario.steps).map(record);
  const steps = given.flatMap((step, at) => {
    const { type, params } = record(step.request);
    const { events, json, raises } = record(step.expect);
    // What is malformed, the element cannot send.
    if (typeof type !== 'string' || raises === 'invalid_request') return [];
    const threadId = createdThread(events) ?? text(record(params).thread_id);
    const later = given.slice(at + 1);
    return {
      user: text(step.user) ?? 'u1',
      type,
      params: record(params),
      threadId,
      cancelAfter: typeof step.cancel_after === 'number' ? step.cancel_after : undefined,
      events: Array.isArray(events) ? list(events) : undefined,
      json,
      raises: text(raises),
      held: threadId === undefined ? undefined : (nextHolding(later, threadId) ?? heldOfNew(list(events))),
    };
  });
  return { name, seed: undefined, steps };
}

function ofAgent([name, scenario]: readonly [string, JsonRecord]): Recording {
  const { events, dump } = record(scenario.expect);
  const requests = list(scenario.requests).map(record);
  const isNew = requests[0]?.type === 'threads.create';
  const created = createdThread(list(events)[0]);
  const threadId = isNew ? created : SEEDED;
  const stamp = { thread_id: SEEDED, created_at: SEED_TIME };
  const thread = { id: SEEDED, created_at: SEED_TIME, ...record(scenario.thread) };
  const history = list(scenario.history).map((item) => asStored(list(dump), { ...stamp, ...record(item) }));
  const steps = requests.map((request, at) => ({
    user: 'u1',
    type: text(request.type) ?? '',
    params: record(JSON.parse(JSON.stringify(request.params).replaceAll('$thread', threadId ?? ''))),
    threadId,
    cancelAfter: undefined,
    events: list(list(events)[at]),
    json: undefined,
    raises: undefined,
    held: heldBefore(list(list(events)[at + 1]), list(dump)),
  }));
  return { name, seed: isNew ? undefined : { thread, held: readable(history) }, steps };
}

/** The first look into the thread before anything can have changed in it. */
function nextHolding(later: readonly JsonRecord[], threadId: string): Holding | undefined {
  for (const step of later) {
    const { type, params } = record(step.request);
    const { json, events } = record(step.expect);
    if (step.dump === threadId) return readable(list(json));
    if (record(params).thread_id === threadId) {
      const page = type === 'threads.get_by_id' ? record(record(json).items) : record(json);
      const whole = Array.isArray(page.data) && page.has_more === false && record(params).after === undefined;
      if (whole && type === 'threads.get_by_id') return list(page.data);
      if (whole && type === 'items.list')
        return record(params).order === 'asc' ? list(page.data) : list(page.data).toReversed();
      if (list(events).length > 0) return undefined;
    }
  }
  return undefined;
}

/** A stream that told of a new thread and of nothing else left it empty. */
function heldOfNew(events: readonly unknown[]): Holding | undefined {
  const [first, ...others] = events;
  return record(first).type === 'thread.created' && others.length === 0 ? [] : undefined;
}

function createdThread(events: unknown): string | undefined {
  const event = list(events)
    .map(record)
    .find(({ type }) => type === 'thread.created');
  return isRecord(event?.thread) ? text(event.thread.id) : undefined;
}

/** What was stored in the end, up to the message that came next. A retry leaves no such trace. */
function heldBefore(nextEvents: readonly unknown[], dump: readonly unknown[]): Holding | undefined {
  const next = record(record(nextEvents[0]).item).id;
  if (nextEvents.length > 0 && next === undefined) return undefined;
  const at = dump.findIndex((item) => record(item).id === next);
  return readable(at === -1 ? dump : dump.slice(0, at));
}

/** The store fills in defaults; what it printed in the end shows them. */
function asStored(dump: readonly unknown[], item: JsonRecord): unknown {
  return dump.find((stored) => record(stored).id === item.id && item.type === 'widget') ?? item;
}

function readable(items: readonly unknown[]): Holding {
  return items.filter((item) => !isHiddenType(record(item).type));
}
