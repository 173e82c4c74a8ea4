import { Client } from 'pg';
import { OperatorAuditStore } from '../../src/audit/index.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { thread } from '../../src/testing/store-contract/samples.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { operatorOf } from './support/operator.js';

const OWN = tenantSchema('chatkit', 'acme');
const OPERATOR = { tenantId: 'acme', userId: 'on-call' };
const SHOWN = { action: 'tenants.show', outcome: 'done', actor: 'operator' } as const;

describe('What operators do to a tenant in the last moment of its move', () => {
  let database: TestDatabase;
  let parts: StoreParts;
  let user: Client;
  let holder: Client;

  const connected = async (name: string): Promise<Client> => {
    const client = new Client({ connectionString: database.url, application_name: name });
    await client.connect();
    return client;
  };

  beforeEach(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
    user = await connected('chatkit');
    holder = await connected('holder');
  });
  afterEach(async () => {
    await Promise.all([user.end(), holder.end()]);
    await parts.database.close();
    await database.drop();
  });

  const waiting = async (): Promise<number> => {
    const [row] = await database.query(
      `SELECT count(*)::int AS number FROM pg_stat_activity WHERE datname = current_database()
         AND application_name = 'chatkit-maintenance' AND wait_event_type = 'Lock'`,
    );
    return Number(row?.['number']);
  };

  it('is in its log in the new place, once', async () => {
    await parts.store.saveThread(thread('t1'), { tenantId: 'acme', userId: 'anna' });
    const store = new OperatorAuditStore(parts.tenants);
    await store.add({ ...SHOWN, action: 'tenants.add' }, OPERATOR);

    // the move waits for whoever still works, and by then has copied everything once
    await user.query('BEGIN');
    await user.query('SELECT FROM chatkit.threads');
    const moved = operatorOf(parts).moves.move('acme', { isolation: 'schema' }, () => undefined);
    await eventually('nothing may be written any more', async () => {
      const [row] = await database.query(`SELECT status FROM chatkit.tenants WHERE tenant_id = 'acme'`);
      return row?.['status'] === 'read_only';
    });
    await holder.query('BEGIN');
    await holder.query(`LOCK TABLE ${OWN}.threads IN ACCESS EXCLUSIVE MODE`);
    await user.query('COMMIT');
    await eventually('its last look at the rows has begun', async () => (await waiting()) === 1);

    let isAdded = false;
    const added = store.add(SHOWN, OPERATOR).then(() => (isAdded = true));
    await eventually('the entry is added, or waits', async () => isAdded || (await waiting()) === 2);
    await holder.query('COMMIT');
    await Promise.all([moved, added]);
    const kept = await database.query(`SELECT action FROM ${OWN}.audit_log ORDER BY created_at`);
    expect(kept).toEqual([{ action: 'tenants.add' }, { action: 'tenants.show' }]);
    expect(await database.query('SELECT action FROM chatkit.audit_log')).toEqual([]);
  });
});
