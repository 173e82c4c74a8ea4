import { ModelIndicator } from './model.indicator.js';

describe('ModelIndicator', () => {
  it('names the model', () => {
    const indicator = new ModelIndicator({
      status: () => ({ kind: 'offline', model: 'offline' }),
    });
    expect(indicator.check()).toEqual({ model: { status: 'up', kind: 'offline', model: 'offline' } });
  });

  it('is degraded, not down, when the last call failed', () => {
    const lastError = { reason: 'rate_limited', at: '2026-01-02T03:04:05.000Z' };
    const indicator = new ModelIndicator({
      status: () => ({ kind: 'openai', model: 'gpt', lastError }),
    });
    expect(indicator.check()).toEqual({
      model: { status: 'degraded', kind: 'openai', model: 'gpt', lastError },
    });
  });
});
