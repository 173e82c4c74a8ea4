import { RetrievalIndicator } from './retrieval.indicator.js';

describe('RetrievalIndicator', () => {
  it('counts the retrievers', () => {
    const indicator = new RetrievalIndicator({ status: () => ({ retrievers: 2 }) });
    expect(indicator.check()).toEqual({ retrieval: { status: 'up', retrievers: 2 } });
  });

  it('is degraded, not down, when one of them has failed', () => {
    const lastError = { reason: 'TimeoutError', at: '2026-01-02T03:04:05.000Z' };
    const indicator = new RetrievalIndicator({ status: () => ({ retrievers: 1, lastError }) });
    expect(indicator.check()).toEqual({ retrieval: { status: 'degraded', retrievers: 1, lastError } });
  });

  it('says nothing where there are none', () => {
    expect(new RetrievalIndicator({ status: () => ({ retrievers: 0 }) }).check()).toEqual({});
  });
});
