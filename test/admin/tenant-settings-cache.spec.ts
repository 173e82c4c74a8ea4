import { TenantSettingsService } from '../../src/admin/organisation/tenant-settings.service.js';
import type { TenantSettings } from '../../src/admin/organisation/tenant-settings-store.js';
import { RequestContext } from '../../src/auth/index.js';

const HALF_A_MINUTE = 30_000;

/** Counts how often it is asked. */
class CountingStore {
  readonly instructions = new Map<string, string>();
  loads = 0;
  failing = false;

  async load({ tenantId }: RequestContext): Promise<TenantSettings | undefined> {
    this.loads += 1;
    if (this.failing) throw new Error('down');
    const instructions = this.instructions.get(tenantId);
    return instructions === undefined ? undefined : settings(instructions);
  }

  async save(instructions: string, { tenantId }: RequestContext): Promise<TenantSettings> {
    this.instructions.set(tenantId, instructions);
    return settings(instructions);
  }
}

function settings(instructions: string): TenantSettings {
  return { instructions, updatedAt: new Date(0), updatedBy: 'boss' };
}

function stage() {
  const time = { now: 0 };
  const store = new CountingStore();
  const service = new TenantSettingsService(store, { now: () => time.now });
  return { time, store, service };
}

describe('the instructions of an organisation', () => {
  const ada = new RequestContext({ tenantId: 'aurora', userId: 'ada' });
  const clara = new RequestContext({ tenantId: 'borealis', userId: 'ada' });

  it('are loaded once for requests that come within half a minute, for each organisation', async () => {
    const { time, store, service } = stage();
    store.instructions.set('aurora', 'Hello');
    const both = await Promise.all([service.instructions(ada), service.instructions(ada)]);
    time.now = HALF_A_MINUTE - 1;
    expect([...both, await service.instructions(ada)]).toEqual(['Hello', 'Hello', 'Hello']);
    expect(await service.instructions(clara)).toBeUndefined();
    expect(store.loads).toBe(2);
  });

  it('are loaded again afterwards', async () => {
    const { time, store, service } = stage();
    expect(await service.instructions(ada)).toBeUndefined();
    store.instructions.set('aurora', 'Changed elsewhere');
    time.now = HALF_A_MINUTE;
    expect(await service.instructions(ada)).toBe('Changed elsewhere');
  });

  it('change at once where they are set', async () => {
    const { service } = stage();
    expect(await service.instructions(ada)).toBeUndefined();
    await service.save('New', ada);
    expect(await service.instructions(ada)).toBe('New');
    expect(await service.instructions(clara)).toBeUndefined();
  });

  it('are asked for again after a failure', async () => {
    const { store, service } = stage();
    store.failing = true;
    await expect(service.instructions(ada)).rejects.toThrow('down');
    store.failing = false;
    store.instructions.set('aurora', 'Back');
    expect(await service.instructions(ada)).toBe('Back');
  });

  it('are remembered for a thousand organisations at most', async () => {
    const { store, service } = stage();
    const members = Array.from({ length: 1001 }, (_, index) => {
      return new RequestContext({ tenantId: `t${index}`, userId: 'u' });
    });
    for (const member of members) await service.instructions(member);
    for (const member of [members[0] ?? ada, members[1000] ?? ada]) await service.instructions(member);
    expect(store.loads).toBe(1002);
  });
});
