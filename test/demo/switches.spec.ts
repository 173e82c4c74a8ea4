import { readAppConfig } from '../../src/config/app.config.js';
import { ChatClient } from '../app/support/chat-client.js';
import { startApp, untilReady } from '../app/support/running-app.js';
import { createTestDatabase } from '../support/database.js';

const ada = { tenant: 'org_aurora', user: 'user_ada' };

const enabled = (env: NodeJS.ProcessEnv): boolean => {
  const auth = { AUTH_ISSUER: 'https://id.example', AUTH_AUDIENCE: 'chat' };
  return readAppConfig({ ...auth, ...env }).demo.enabled;
};

describe('The demonstration', () => {
  it('is there unless it is turned off, and in production only when it is turned on', () => {
    expect(enabled({})).toBe(true);
    expect(enabled({ CHATKIT_DEMO: 'false' })).toBe(false);
    expect(enabled({ NODE_ENV: 'production' })).toBe(false);
    expect(enabled({ NODE_ENV: 'production', CHATKIT_DEMO: 'true' })).toBe(true);
  });

  it('and the questions of the assistant are gone when they are turned off, and the portal knows', async () => {
    const database = await createTestDatabase();
    const app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_DEMO: 'false',
      CHATKIT_ASK_USER: 'false',
      CHATKIT_MODEL: 'quick',
      CHATKIT_MODELS: 'deep=Thorough',
    });
    try {
      await untilReady(app.url);
      const client = await ChatClient.of(app.url, ada);
      for (const question of ['Show my bookings', 'Ask user “Which?” with “A”, “B”']) {
        const { items, answer } = await client.create(question);
        expect(items.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
        expect(answer).toContain('You wrote');
      }
      const response = await fetch(`${app.url}/portal/features.json`);
      expect(await response.json()).toMatchObject({
        demo: false,
        dictation: false,
        models: [
          { id: 'quick', label: 'quick' },
          { id: 'deep', label: 'Thorough' },
        ],
      });
    } finally {
      await app.close();
      await database.drop();
    }
  });
});
