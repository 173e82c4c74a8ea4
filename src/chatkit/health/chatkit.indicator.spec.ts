import type { ChatStatus } from '../../common/availability.js';
import { ChatKitIndicator } from './chatkit.indicator.js';

const since = new Date('2026-01-02T03:04:05Z');
const check = (status: ChatStatus): unknown => new ChatKitIndicator({ status: () => status }).check();

describe('ChatKitIndicator', () => {
  it('is up with the figures of the pool', () => {
    const pool = { total: 4, idle: 3, waiting: 0, max: 10 };
    expect(check({ state: 'up', since, pool })).toMatchObject({
      chatkit: { status: 'up', state: 'up', since: '2026-01-02T03:04:05.000Z', pool },
    });
  });

  it.each(['down', 'connecting', 'migrating'] as const)(
    'is down, with the reason, while chat is %s',
    (state) => {
      expect(check({ state, since, reason: 'unreachable' })).toMatchObject({
        chatkit: { status: 'down', state, reason: 'unreachable' },
      });
    },
  );

  it('is down while so many operations wait for a connection that more are refused', () => {
    const pool = { total: 10, idle: 0, waiting: 1000, max: 10, queueMax: 1000 };
    expect(check({ state: 'up', since, pool })).toMatchObject({
      chatkit: { status: 'down', state: 'up', reason: 'queue_full', pool },
    });
    expect(check({ state: 'up', since, pool: { ...pool, waiting: 999 } })).toMatchObject({
      chatkit: { status: 'up' },
    });
  });

  it('is down, with the reason, while chat is up and cannot serve', () => {
    expect(check({ state: 'up', since, impairment: 'read_only' })).toMatchObject({
      chatkit: { status: 'down', state: 'up', reason: 'read_only' },
    });
  });

  it('is down while the server stops', () => {
    const indicator = new ChatKitIndicator({ status: () => ({ state: 'up', since }) }, { leaving: true });
    expect(indicator.check()).toMatchObject({
      chatkit: { status: 'down', state: 'up', reason: 'shutting_down' },
    });
  });

  it('is up where chat is deliberately not configured, and says so', () => {
    expect(check({ state: 'disabled', since, reason: 'not_configured' })).toMatchObject({
      chatkit: { status: 'up', state: 'disabled', reason: 'not_configured' },
    });
  });
});
