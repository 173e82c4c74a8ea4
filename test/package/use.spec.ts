import { Injectable, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import * as z from 'zod';
import {
  AgentsConfig,
  ChatKitAgentsModule,
  RespondService,
  ChatKitTool,
  type AgentContext,
} from '../../src/entries/agents.js';
import {
  AuthConfig,
  ChatKitAuthModule,
  authOptionsFrom,
  ChatKitDatabase,
  ChatKitModule,
  loadConfig,
  StoreConfig,
  ChatKitStoreModule,
} from '../../src/index.js';
import { callOf, ScriptedModel } from '../../src/testing/index.js';
import { AUTH_ENV, tokenOf } from '../app/support/tokens.js';
import { create } from '../http/requests.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';

@Injectable()
class OrderDesk {
  @ChatKitTool({
    name: 'order-status',
    description: 'Tells how far an order has come.',
    parameters: z.object({ order: z.string() }),
  })
  orderStatus({ order }: { order: string }, context: AgentContext): string {
    return `${context.requestContext.tenantId}: ${order} is on its way`;
  }
}

describe('An application on the public entry points, as the README shows it', () => {
  let database: TestDatabase;
  let app: INestApplication;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const env = { ...AUTH_ENV, CHATKIT_DATABASE_URL: database.url };
    const store = loadConfig(StoreConfig, env);
    const model = new ScriptedModel({ 'Where is o-1?': callOf('order-status', { order: 'o-1' }) });
    @Module({
      imports: [
        ChatKitAuthModule.forRoot(authOptionsFrom(loadConfig(AuthConfig, env))),
        ChatKitStoreModule.forRoot({ config: store }),
        ChatKitModule.forRoot({
          imports: [
            ChatKitAgentsModule.forRoot({ config: loadConfig(AgentsConfig, env), model, tools: [OrderDesk] }),
          ],
          server: RespondService,
        }),
      ],
    })
    class AppModule {}
    app = await NestFactory.create(AppModule, { bodyParser: false, logger: false, abortOnError: false });
    await app.listen(0, '127.0.0.1');
    await app.get(ChatKitDatabase).whenUp();
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  async function send(request: object, token?: string): Promise<Response> {
    return fetch(`${await app.getUrl()}/chatkit`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(request),
    });
  }

  it('answers its members with its tools, and keeps what was said', async () => {
    const ada = await tokenOf({ tenant: 'acme', user: 'ada' });
    expect(await (await send(create('Where is o-1?'), ada)).text()).toContain('acme: o-1 is on its way');
    const threads = (await (await send({ type: 'threads.list', params: {} }, ada)).json()) as object;
    expect(threads).toMatchObject({ data: [{ status: { type: 'active' } }] });
  });

  it('answers nobody else', async () => {
    expect((await send(create('Where is o-1?'))).status).toBe(401);
  });
});
