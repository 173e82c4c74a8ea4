import { Test } from '@nestjs/testing';
import { StoreConfig } from '../../src/config/store.config.js';
import { loadConfig } from '../../src/config/validate.js';
import {
  ChatKitDatabase,
  SchemaFeatures,
  ChatKitStoreModule,
  TypeOrmStore,
  UnitOfWork,
  type SchemaExtension,
} from '../../src/store/index.js';
import { createEmptyDatabase } from '../support/database.js';
import { documentsSchema } from '../../src/documents/documents-schema.js';
import { adminSchema } from '../../src/admin/admin-schema.js';
import { ANNA, thread } from '../../src/testing/store-contract/samples.js';

const quiet = { log: () => undefined, warn: () => undefined };

describe('ChatKitStoreModule', () => {
  it('gives the store, connects with the application and closes with it', async () => {
    const test = await createEmptyDatabase();
    const config = loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: test.url });
    const module = await Test.createTestingModule({
      imports: [ChatKitStoreModule.forRootAsync({ useFactory: () => ({ config, logger: quiet }) })],
    }).compile();
    await module.init();
    const database = module.get(ChatKitDatabase);
    await database.whenUp();
    await module.get(TypeOrmStore).saveThread(thread('t1'), ANNA);
    expect(await module.get(TypeOrmStore).loadThread('t1', ANNA)).toEqual(thread('t1'));
    expect(module.get(UnitOfWork)).toBeInstanceOf(UnitOfWork);
    await module.close();
    expect(database.state).toMatchObject({ status: 'down', reason: 'closed' });
    await test.drop();
  });

  it('makes the tables of features that modules bring before it connects, and of none after that', async () => {
    const extended: string[] = [];
    const extend: SchemaExtension = async (_run, schema, grantee) =>
      void extended.push(`${schema} for ${grantee}`);
    const test = await createEmptyDatabase();
    const config = loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: test.url });
    const module = await Test.createTestingModule({
      imports: [
        ChatKitStoreModule.forFeature({ ...documentsSchema(), extend }),
        ChatKitStoreModule.forRoot({ config, logger: quiet }),
        ChatKitStoreModule.forFeature(adminSchema),
      ],
    }).compile();
    expect(module.get(ChatKitDatabase).state.status).toBe('connecting');
    await module.init();
    await module.get(ChatKitDatabase).whenUp();
    expect(extended).toEqual(['chatkit for "chatkit_app"']);
    for (const table of ['threads', 'documents', 'usage', 'tenant_settings', 'feedback']) {
      expect(await test.query(`SELECT FROM chatkit.${table}`)).toEqual([]);
    }
    expect(() => module.get(SchemaFeatures).add(adminSchema)).toThrow(
      'A feature cannot add its tables once the store connects',
    );
    await module.close();
    await test.drop();
  });

  it('lets the application start although the database is absent', async () => {
    const config = loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: 'postgres://u:p@127.0.0.1:1/db' });
    const module = await Test.createTestingModule({
      imports: [ChatKitStoreModule.forRoot({ config, logger: quiet })],
    }).compile();
    await module.init();
    expect(module.get(ChatKitDatabase).state.status).not.toBe('up');
    await module.close();
  });
});
