import { isDeepStrictEqual } from 'node:util';
import { stopAll } from '../testing.js';
import { Player } from './player.js';
import type { Moment } from './player.js';
import { recordings } from './scenario.js';

/** Where the protocol lets the view and the store differ until the element reads the thread again. */
const DIFFERS_AT_ONCE: Readonly<Record<string, string>> = {
  'server/051-sync-action': 'what a synchronous action answers is to be shown, and is not stored by itself',
};

/** Requests of the recorded client that the element never makes, and why. */
const NEVER_ASKED: Readonly<Record<string, { types: readonly string[]; why: string }>> = {
  'server/019-thread-status': {
    types: ['threads.add_user_message', 'threads.add_user_message'],
    why: 'a locked or closed thread takes no messages',
  },
  'server/037-client-tool-no-pending': {
    types: ['threads.add_client_tool_output'],
    why: 'only a call that a running turn has received is answered',
  },
  'server/044-retry-refused': {
    types: ['threads.retry_after_item', 'threads.retry_after_item'],
    why: 'only user messages that are there can be answered again',
  },
  'server/051-sync-action': {
    types: ['threads.sync_custom_action', 'threads.sync_custom_action', 'threads.sync_custom_action'],
    why: 'a synchronous action comes from a widget that is there',
  },
  'server/052-sync-action-not-supported': {
    types: ['threads.sync_custom_action'],
    why: 'a synchronous action comes from a widget that is there',
  },
  'server/053-feedback': { types: ['items.feedback'], why: 'an opinion is about something' },
  'server/076-requests-lenient': { types: ['threads.create'], why: 'an empty message is not sent' },
};

afterEach(stopAll);

const recorded = recordings().map((recording) => [recording.name, recording] as const);

function differing(moments: readonly Moment[]): readonly Moment[] {
  return moments.filter(({ shown, held }) => !isDeepStrictEqual(shown, held));
}

describe('Over a recorded stream, the element', () => {
  it.each(recorded)('shows what the server stored: %s', async (name, recording) => {
    const player = new Player(recording);
    await player.play();
    expect(player.server.surprises).toEqual([]);
    expect(player.untidy).toEqual([]);
    const tells = recording.steps.some(
      ({ type, held }) => held !== undefined && !player.unasked.includes(type),
    );
    expect(player.reread.length > 0).toBe(tells);
    expect(player.unasked).toEqual(NEVER_ASKED[name]?.types ?? []);
    for (const { shown, held } of [...player.reread, ...player.reloaded]) expect(shown).toEqual(held);
    if (name in DIFFERS_AT_ONCE) expect(differing(player.atOnce)).not.toEqual([]);
    else for (const { shown, held } of player.atOnce) expect(shown).toEqual(held);
  });
});
