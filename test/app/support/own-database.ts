import { createTestDatabase } from '../../support/database.js';
import { startApp, untilReady, type RunningApp } from './running-app.js';

/** The application, ready to chat, on a database of its own; closing it drops the database. */
export async function startAppOnOwnDatabase(env: NodeJS.ProcessEnv = {}): Promise<RunningApp> {
  const database = await createTestDatabase();
  const app = await startApp({ CHATKIT_DATABASE_URL: database.url, ...env });
  await untilReady(app.url);
  return {
    ...app,
    async close() {
      await app.close();
      await database.drop();
    },
  };
}
