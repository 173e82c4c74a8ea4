import { McpIndicator } from './mcp.indicator.js';

describe('McpIndicator', () => {
  it('counts the servers', () => {
    const indicator = new McpIndicator({ status: () => ({ orders: undefined }) });
    expect(indicator.check()).toEqual({ mcp: { status: 'up', count: 1 } });
  });

  it('is degraded, not down, when one of them fails, and names it', () => {
    const failure = { reason: 'timeout', at: '2026-01-02T03:04:05.000Z' };
    const indicator = new McpIndicator({ status: () => ({ a: failure, b: undefined }) });
    expect(indicator.check()).toEqual({ mcp: { status: 'degraded', count: 2, failing: { a: failure } } });
  });

  it('says nothing where there are none', () => {
    expect(new McpIndicator({ status: () => ({}) }).check()).toEqual({});
  });
});
