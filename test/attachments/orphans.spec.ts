import { SweepSchedule } from '../../src/attachments/sweep/sweep-schedule.js';
import type { AttachmentsOptions } from '../../src/attachments/attachments.options.js';
import type { Attachment } from '../../src/chatkit/core/index.js';
import { eventually } from '../app/support/eventually.js';
import { startAttachmentsApp, TestClock, type AttachmentsApp } from './support/attachments-app.js';
import { message, NOTE, PNG, Uploader } from './support/uploader.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function canSend(user: Uploader, attachment: Attachment): Promise<boolean> {
  const { threadId } = await user.chat.create('Hello');
  const response = await user.chat.send(message('Late', [attachment], threadId));
  await response.text();
  return response.ok;
}

describe.each(['row', 'schema'])('orphaned files, with %s isolation', (isolation) => {
  let app: AttachmentsApp;
  let anna: Uploader;
  let otherAnna: Uploader;

  /** Files that belong to what tests before have sent. */
  let before: ReadonlySet<string>;

  beforeAll(async () => {
    app = await startAttachmentsApp({ CHATKIT_ISOLATION: isolation });
    anna = await Uploader.of(app, { tenant: 'acme', user: 'anna' });
    otherAnna = await Uploader.of(app, { tenant: 'Globex | Inc.', user: 'Anna@globex.example' });
  });
  beforeEach(async () => {
    await app.database.query(`DELETE FROM chatkit.tenant_holds`);
    await app.database.query(`UPDATE chatkit.tenants SET held = false, status = 'active'`);
    app.clock.pass(2 * DAY);
    await app.sweeper.sweep();
    // as it is for the database, which says when something came
    app.clock.pass(Date.now() - app.clock.now());
    before = new Set(await app.files());
  });
  afterAll(() => app.close());

  /** Those of the test. */
  const files = async () => (await app.files()).filter((name) => !before.has(name));

  it('are those that were never sent, of every tenant, a day after they came', async () => {
    const lost = await anna.attach(NOTE);
    const alsoLost = await otherAnna.attach(PNG);
    await anna.send('Keep it', [await anna.attach(NOTE)]);
    app.clock.pass(DAY - HOUR);
    expect(await app.sweeper.sweep()).toBe(0);
    app.clock.pass(2 * HOUR);
    expect(await app.sweeper.sweep()).toBe(2);
    expect(await files()).toHaveLength(1);
    expect(await canSend(anna, lost)).toBe(false);
    expect(await canSend(otherAnna, alsoLost)).toBe(false);
  });

  it('are looked for by the application itself', async () => {
    await anna.attach(NOTE);
    app.clock.pass(DAY + HOUR);
    app.clock.wake();
    await eventually('the file is gone', async () => (await files()).length === 0);
  });

  it('are those of deleted threads', async () => {
    const mine = await anna.send('Mine', [await anna.attach(NOTE), await anna.attach(PNG)]);
    await otherAnna.send('Stays', [await otherAnna.attach(NOTE)]);
    await anna.chat.json('threads.delete', { thread_id: mine.threadId });
    app.clock.pass(DAY + HOUR);
    expect(await app.sweeper.sweep()).toBe(2);
    expect(await files()).toEqual([expect.stringMatching(/^_47lobex_20_7c_20_49nc_2e\//)]);
  });

  it('are left alone of a tenant that is suspended, and keep nobody else from it', async () => {
    await anna.attach(NOTE);
    await otherAnna.attach(NOTE);
    await app.database.query(`UPDATE chatkit.tenants SET status = 'suspended' WHERE tenant_id <> 'acme'`);
    app.clock.pass(DAY + HOUR);
    expect(await app.sweeper.sweep()).toBe(1);
    expect(await files()).toEqual([expect.stringMatching(/^_47lobex/)]);
  });

  it('are none that users removed while they are on legal hold', async () => {
    for (const user of [anna, otherAnna]) {
      const { threadId } = await user.send('Mine', [await user.attach(NOTE)]);
      if (user === anna) {
        await app.database.query(
          `INSERT INTO chatkit.tenant_holds (tenant_id, reason, held_by) VALUES ('acme', 'Case 7', 'op')`,
        );
        await app.database.query(`UPDATE chatkit.tenants SET held = true WHERE tenant_id = 'acme'`);
      }
      await user.chat.json('threads.delete', { thread_id: threadId });
      const unsent = await user.attach(NOTE);
      await user.chat.json('attachments.delete', { attachment_id: unsent.id });
    }
    app.clock.pass(DAY + HOUR);
    expect(await app.sweeper.sweep()).toBe(1);
    expect(await files()).toEqual([
      expect.stringMatching(/^acme\/anna\//),
      expect.stringMatching(/^acme\/anna\//),
    ]);
  });
});

describe('the look for orphaned files', () => {
  it('is repeated after one that has failed, until the application ends', async () => {
    const clock = new TestClock();
    let looks = 0;
    const sweeper = { sweep: () => Promise.reject(new Error(`look ${(looks += 1)}`)) };
    const schedule = new SweepSchedule(sweeper, { sweepMs: 1 } as AttachmentsOptions, clock);
    schedule.onApplicationBootstrap();
    for (const count of [1, 2]) {
      clock.wake();
      await eventually('it looks', () => looks === count);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await schedule.onApplicationShutdown();
    clock.wake();
    expect(looks).toBe(2);
  });
});
