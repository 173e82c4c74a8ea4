import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { Model } from '@openai/agents';
import { createApp } from '../../src/app/bootstrap.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { addExampleDocuments } from '../../src/app/example-documents.js';
import { ChatKitDatabase } from '../../src/store/index.js';
import { freePort } from '../../src/embedded-postgres/free-port.js';

/** The portal with a database of its own, which is gone with it. */
export interface PicturedPortal {
  readonly url: string;
  readonly app: INestApplicationContext;
  close(): Promise<void>;
}

export async function startPortal(model: Model): Promise<PicturedPortal> {
  const directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-screenshots-'));
  const port = await freePort();
  const env = {
    NODE_ENV: 'development',
    PORT: String(port),
    CHATKIT_DATA_DIR: join(directory, 'data'),
    // answers are the script's; with a key the page does not offer the offline models
    OPENAI_API_KEY: 'none',
    CHATKIT_TITLES: 'words',
  };
  const config = readAppConfig(env);
  const app = await createApp(config, { model });
  app.useLogger(['fatal', 'error']);
  await app.listen(port);
  await app.get(ChatKitDatabase).whenUp();
  await addExampleDocuments(app, config.auth.publicUrl);
  return {
    url: config.auth.publicUrl,
    app,
    async close() {
      await app.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
