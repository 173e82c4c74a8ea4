import { expect } from './expect.js';
import { ask, composerOf, counted, log, openNewest } from './member.js';
import { startPortal, type OwnPortal } from './portal-app.js';
import { useOwnPortal } from './portal.js';
import { Balancer } from './support/balancer.js';
import { PausingModel, seesItGrow } from './support/pausing-model.js';

/** A page on a busy machine takes long to come back. */
const REPLICAS = { CHATKIT_REPLICAS: '2', CHATKIT_REJOIN_WITHIN_MS: '60000' };

let balancer: Balancer;
const model = new PausingModel();
afterEach(() => model.goOn());
let second: OwnPortal | undefined;

const healthAt = async (url: string): Promise<unknown> => {
  const { details } = (await (await fetch(`${url}/health`)).json()) as { details: unknown };
  return details;
};

describe('A page behind two replicas', () => {
  const portal = useOwnPortal(async () => {
    balancer = await Balancer.start();
    return { env: REPLICAS, model, front: async (port) => balancer.add(port) };
  });
  beforeAll(async () => {
    const { database } = portal;
    second = await startPortal({ env: REPLICAS, model, database, front: async (port) => balancer.add(port) });
    for (const at of [0, 1]) {
      balancer.choose(at);
      await expect.poll(() => healthAt(portal.url)).toMatchObject({ replicas: { status: 'up' } });
    }
  });
  beforeEach(() => balancer.choose(0));
  // before the first replica, whose database it shares
  afterAll(async () => {
    await second?.close();
    await balancer.close();
  });

  it('that is reloaded at the other one sees its answer grow and become whole', async () => {
    const { page, complaints } = await portal.member('user_ada');
    model.pause();
    await ask(page, 'Count to 100');
    await counted(page, 12);
    balancer.choose(1);
    await page.reload();
    await composerOf(page).waitFor();
    await openNewest(page);
    await seesItGrow(page, model);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(complaints.all).toEqual([]);
  });

  it('is stopped by a tab at the other one, and both show what is kept', async () => {
    const { page, complaints } = await portal.member('user_ada');
    await ask(page, 'Count to 1000');
    await counted(page, 12);
    balancer.choose(1);
    const other = await page.context().newPage();
    await other.goto(portal.url);
    await composerOf(other).waitFor();
    await openNewest(other);
    await counted(other, 12);
    await other.getByRole('button', { name: 'Stop response' }).click();
    await log(other).getByText('You stopped this response.').waitFor();
    const kept = await log(other).locator('.assistant').innerText();
    expect(kept).not.toContain('999');
    await page.getByRole('button', { name: 'Copy response' }).waitFor();
    await expect.poll(() => log(page).locator('.assistant').innerText()).toBe(kept);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(complaints.all).toEqual([]);
  });
});
