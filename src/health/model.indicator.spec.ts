import { HealthIndicatorService } from '@nestjs/terminus';
import { ModelIndicator } from './model.indicator.js';

describe('ModelIndicator', () => {
  const indicators = new HealthIndicatorService();

  it('names the model', () => {
    const indicator = new ModelIndicator(indicators, {
      status: () => ({ kind: 'offline', model: 'offline' }),
    });
    expect(indicator.check()).toEqual({ model: { status: 'up', kind: 'offline', model: 'offline' } });
  });

  it('is degraded, not down, when the last call failed', () => {
    const lastError = { reason: 'rate_limited', at: '2026-01-02T03:04:05.000Z' };
    const indicator = new ModelIndicator(indicators, {
      status: () => ({ kind: 'openai', model: 'gpt', lastError }),
    });
    expect(indicator.check()).toEqual({
      model: { status: 'degraded', kind: 'openai', model: 'gpt', lastError },
    });
  });

  it('says nothing where there is no model', () => {
    expect(new ModelIndicator(indicators).check()).toEqual({});
  });
});
