import { AttachmentsIndicator } from './attachments.indicator.js';

describe('AttachmentsIndicator', () => {
  it('tells where files are kept', () => {
    const indicator = new AttachmentsIndicator({ status: () => ({ kind: 'bucket' }) });
    expect(indicator.check()).toEqual({ attachments: { status: 'up', kind: 'bucket' } });
  });

  it('is degraded, not down, when that place has failed', () => {
    const lastError = { reason: 'TimeoutError', at: '2026-01-02T03:04:05.000Z' };
    const indicator = new AttachmentsIndicator({ status: () => ({ kind: 'bucket', lastError }) });
    expect(indicator.check()).toEqual({ attachments: { status: 'degraded', kind: 'bucket', lastError } });
  });
});
