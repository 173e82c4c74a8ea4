import type { ModelFailure } from './model-failure.js';
import { ModelIndicator } from './model.indicator.js';
import { ModelHealth } from './model-status.js';

const failure: ModelFailure = { reason: 'http', status: 429, allowRetry: true, fault: true };

describe('ModelIndicator', () => {
  let now: number;
  let health: ModelHealth;
  const check = (): unknown => new ModelIndicator(health).check();

  beforeEach(() => {
    now = Date.parse('2026-01-02T03:04:05.000Z');
    health = new ModelHealth('openai', 'gpt', () => new Date(now));
  });

  it('names the model', () => {
    expect(check()).toEqual({
      model: {
        status: 'up',
        kind: 'openai',
        model: 'gpt',
        window: { seconds: 300, answers: 0, failures: 0 },
      },
    });
  });

  it('stays up with a failure among many answers, and tells of it', () => {
    health.failed(failure);
    health.succeeded();
    health.succeeded();
    expect(check()).toMatchObject({
      model: {
        status: 'up',
        window: { answers: 3, failures: 1 },
        lastError: { reason: 'http 429', at: '2026-01-02T03:04:05.000Z' },
      },
    });
  });

  it('is degraded, not down, while half of the answers fail', () => {
    health.succeeded();
    health.failed(failure);
    expect(check()).toMatchObject({ model: { status: 'degraded', window: { answers: 2, failures: 1 } } });
  });

  it('forgets what is older than the window, piece by piece', () => {
    for (let minute = 0; minute < 4; minute += 1) {
      health.failed(failure);
      now += 60_000;
    }
    expect(check()).toMatchObject({ model: { window: { answers: 4, failures: 4 } } });
    now += 90_000;
    expect(check()).toMatchObject({ model: { window: { answers: 3, failures: 3 } } });
    now += 300_000;
    expect(check()).toMatchObject({ model: { status: 'up', window: { answers: 0, failures: 0 } } });
    expect(health.status()).not.toHaveProperty('lastError');
  });
});
