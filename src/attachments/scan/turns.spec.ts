import type { TenantScope } from '../../chatkit/core/index.js';
import { Turns } from './turns.js';

const NEVER = new AbortController().signal;
const hang = (): Promise<never> => new Promise(() => undefined);
const member = (tenantId: string, userId: string): TenantScope => ({ tenantId, userId });

/** Lets so many of that user work for good, or wait for that. */
function crowd(turns: Turns, scope: TenantScope, count: number): void {
  for (let each = 0; each < count; each += 1) void turns.take(scope, NEVER, hang);
}

describe('Turns', () => {
  it('refuse a user who fills half of the line, an organisation three quarters of it, and all when it is full', async () => {
    const turns = new Turns(1);
    const refused = (scope: TenantScope): Promise<void> => turns.take(scope, NEVER, async () => undefined);
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

  it('pass who has given up, and who fails gives the turn back', async () => {
    const turns = new Turns(1);
    const anna = member('acme', 'anna');
    const first = Promise.withResolvers<string>();
    const working = turns.take(anna, NEVER, () => first.promise);
    const patience = new AbortController();
    const impatient = turns.take(anna, patience.signal, hang);
    const last = turns.take(anna, NEVER, async () => 'last');
    patience.abort(new Error('gave up'));
    await expect(impatient).rejects.toThrow('gave up');
    first.reject(new Error('failed'));
    await expect(working).rejects.toThrow('failed');
    expect(await last).toBe('last');
  });
});
