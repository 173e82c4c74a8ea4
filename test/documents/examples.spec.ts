import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app/bootstrap.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { addExampleDocuments } from '../../src/app/example-documents.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from '../app/support/chat-client.js';
import { AUTH_ENV } from '../app/support/tokens.js';

const PORTAL = 'http://portal.example';

describe('the documents of the example organisations', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const env = { ...AUTH_ENV, CHATKIT_DATABASE_URL: database.url, CHATKIT_OFFLINE_DELAY_MS: '0' };
    app = await createApp(readAppConfig(env));
    app.useLogger(false);
    await app.listen(0, '127.0.0.1');
    const server: Server = app.getHttpServer();
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await addExampleDocuments(app, PORTAL);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const ask = async (tenant: string, question: string) =>
    (await ChatClient.of(url, { tenant, user: 'ada' })).create(question);

  it('answer what their members ask, each with its own, and cite them', async () => {
    const library = await ask('org_aurora', 'What are the opening hours?');
    expect(library.answer).toContain('opening hours of the library are 9 am to 8 pm');
    expect(library.items[1]).toMatchObject({
      content: [{ annotations: [{ source: { type: 'file', filename: 'opening-hours.md' } }] }],
    });
    const clinic = await ask('org_borealis', 'What are the opening hours?');
    expect(clinic.answer).toContain('opening hours of the clinic are 8 am to 6 pm');
    const card = await ask('org_aurora', 'I have lost my membership card');
    expect(card.items[1]).toMatchObject({
      content: [{ annotations: [{ source: { type: 'url', url: `${PORTAL}/articles/borrowing` } }] }],
    });
  });

  it('are added once, and stay as they were changed', async () => {
    await database.query(`UPDATE chatkit.documents SET title = 'Changed'`);
    await addExampleDocuments(app, PORTAL);
    const rows = await database.query(
      'SELECT DISTINCT title, count(*)::int AS count FROM chatkit.documents GROUP BY title',
    );
    expect(rows).toEqual([{ title: 'Changed', count: 6 }]);
  });

  it('keep no start from going on when the database is gone', async () => {
    const gone = await createApp(readAppConfig({ ...AUTH_ENV, CHATKIT_DATABASE_EMBEDDED: 'false' }));
    await expect(addExampleDocuments(gone, PORTAL)).resolves.toBeUndefined();
    await gone.close();
  });
});
