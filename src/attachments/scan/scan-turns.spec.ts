import type { TenantScope } from '../../chatkit/core/index.js';
import type { FairTurns } from '../../common/fair-turns.js';
import { scanTurns } from './scan-turns.js';

const hang = (): Promise<never> => new Promise(() => undefined);
const member = (tenantId: string, userId: string): TenantScope => ({ tenantId, userId });

/** Lets so many of that user work for good, or wait for that. */
function crowd(turns: FairTurns, scope: TenantScope, count: number): void {
  for (let each = 0; each < count; each += 1) void turns.take(scope, hang);
}

describe('Turns of scans', () => {
  it('refuse a user who fills half of the line, an organisation three quarters of it, and all when it is full', async () => {
    const turns = scanTurns(1);
    const refused = (scope: TenantScope): Promise<void> => turns.take(scope, async () => undefined);
    crowd(turns, member('acme', 'anna'), 1 + 32);
    await expect(refused(member('acme', 'anna'))).rejects.toMatchObject({
      code: 'too_many_uploads',
      status: 429,
      headers: { 'retry-after': '5' },
    });
    crowd(turns, member('acme', 'bert'), 16);
    await expect(refused(member('acme', 'cleo'))).rejects.toMatchObject({ code: 'too_many_uploads' });
    crowd(turns, member('globex', 'anna'), 16);
    await expect(refused(member('other', 'dora'))).rejects.toMatchObject({
      code: 'server_busy',
      status: 503,
      headers: { 'retry-after': '5' },
    });
  });
});
