import { readFileSync, readdirSync } from 'node:fs';
import { apply } from './apply.js';
import { isHiddenType, readItem } from './read-items.js';
import { list, record, text } from './json.js';
import type { JsonRecord } from './json.js';
import { EMPTY_STATE, endTurn, startTurn } from './state.js';
import type { ChatState } from './state.js';

const folder = new URL('../../../test/conformance/server/', import.meta.url);

interface Scenario {
  readonly name: string;
  readonly steps: readonly JsonRecord[];
}

function read(file: string): Scenario {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Scenario;
}

/** Streams that were cut off or retried need the session around the state; removals without an event too. */
function isPlain({ steps }: Scenario): boolean {
  return steps.every((step) => {
    const type = text(record(step.request).type) ?? '';
    return step.cancel_after === undefined && type !== 'threads.retry_after_item' && step.user === undefined;
  });
}

/** Some servers store what they never tell, or tell what they never store: not the element's to know. */
function toldAll(events: readonly unknown[], stored: readonly unknown[]): boolean {
  const told = new Set(events.map((event) => text(record(record(event).item).id)));
  return stored.every((item) => isHiddenType(record(item).type) || told.has(text(record(item).id)));
}

const scenarios = readdirSync(folder).filter((file) => file.endsWith('.json'));

describe('After a recorded stream', () => {
  it.each(scenarios)('%s never throws and leaves nothing half-way', (file) => {
    let state: ChatState = EMPTY_STATE;
    for (const step of read(file).steps) {
      state = startTurn(state);
      for (const event of list(record(step.expect).events)) state = apply(state, event);
      state = endTurn(state);
      expect(state.live.size).toBe(0);
      expect(new Set(state.items.map(({ id }) => id)).size).toBe(state.items.length);
    }
  });

  const compared = scenarios.map(read).filter(isPlain);
  it.each(compared.map((scenario) => [scenario.name, scenario] as const))(
    '%s shows what the server stored',
    (_, { steps }) => {
      let state: ChatState = EMPTY_STATE;
      const events: unknown[] = [];
      for (const step of steps) {
        const expected = record(step.expect);
        const streamed = list(expected.events);
        events.push(...streamed);
        state = startTurn(state);
        for (const event of streamed) state = apply(state, event);
        state = endTurn(state);
        const stored = list(expected.json);
        if (step.dump === undefined || step.dump !== state.threadId || !toldAll(events, stored)) continue;
        const visible = stored
          .map(readItem)
          .filter((item) => item !== undefined && item.type !== 'client_tool_call');
        const shown = state.items.filter((item) => visible.some((other) => other?.id === item.id));
        expect(shown).toEqual(visible);
      }
    },
  );
});
