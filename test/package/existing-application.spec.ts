import {
  Controller,
  Get,
  HttpException,
  Inject,
  Module,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import {
  ChatKitAuthGuard,
  ChatKitIndicator,
  ChatKitModule,
  Ctx,
  RequestContext,
  type HttpConfig,
} from '../../src/index.js';
import {
  CHATKIT_MODEL,
  ChatKitAgentsModule,
  ModelIndicator,
  RespondService,
  type AgentsConfig,
} from '../../src/entries/agents.js';
import { chatKitNamespaces } from '../../src/entries/config.js';
import { MemoryStore } from '../../src/entries/core.js';
import { ScriptedModel, textOf } from '../../src/entries/testing.js';
import { create, list } from '../http/requests.js';

/** What the middleware of this application has made of a request. */
const identity = ({ headers }: Request) =>
  typeof headers['x-user'] === 'string' && { tenantId: 'acme', userId: headers['x-user'] };

class PlanGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<Request>();
    if (request.headers['x-plan'] === 'free') throw new HttpException('Upgrade first', 402);
    return true;
  }
}

const env = { CHATKIT_BODY_LIMIT: '1024' };
const agents = ChatKitAgentsModule.forRootAsync({
  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({ config: config.getOrThrow<AgentsConfig>('chatkit.agents') }),
});
const chat = ChatKitModule.forRootAsync({
  imports: [agents],
  server: RespondService,
  store: { useClass: MemoryStore },
  identity,
  guards: [PlanGuard],
  path: 'assistant',
  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({ settings: config.getOrThrow<HttpConfig>('chatkit.http') }),
});

@Controller()
class OwnRoutes {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(ChatKitIndicator) private readonly chat: ChatKitIndicator,
    @Inject(ModelIndicator) private readonly model: ModelIndicator,
  ) {}

  @Get('own-health')
  @HealthCheck()
  check() {
    return this.health.check([() => this.chat.check(), () => this.model.check()]);
  }

  @Get('me')
  @UseGuards(ChatKitAuthGuard)
  me(@Ctx() { tenantId, userId }: RequestContext): string {
    return `${userId} of ${tenantId}`;
  }
}

@Module({
  imports: [
    ConfigModule.forRoot({
      isGlobal: true,
      ignoreEnvFile: true,
      load: [chatKitNamespaces.http(env), chatKitNamespaces.agents(env)],
    }),
    TerminusModule.forRoot({ logger: false }),
    agents,
    chat,
  ],
  controllers: [OwnRoutes],
})
class AppModule {}

describe('An application that has its own settings, members and health, as the documentation shows it', () => {
  let app: INestApplication;
  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(CHATKIT_MODEL)
      .useValue(new ScriptedModel({ Hi: textOf('Hello from a script') }))
      .compile();
    app = module.createNestApplication({ logger: false, bodyParser: false });
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  async function send(path: string, headers: Record<string, string> = {}, body?: object): Promise<Response> {
    return fetch(`${await app.getUrl()}/${path}`, {
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  }

  it('chats at its path with the model of the test', async () => {
    const text = await (await send('assistant', { 'x-user': 'ada' }, create('Hi'))).text();
    expect(text).toContain('Hello from a script');
  });

  it.each<[string, number, Record<string, string>, object]>([
    ['a stranger', 401, {}, list],
    ['whom a guard refuses', 402, { 'x-user': 'ada', 'x-plan': 'free' }, list],
    ['a body beyond the limit of the ConfigService', 413, { 'x-user': 'ada' }, create('x'.repeat(2000))],
  ])('refuses %s with %i', async (_who, status, headers, body) => {
    expect((await send('assistant', headers, body)).status).toBe(status);
  });

  it('knows the member on its own routes, and tells how chat is in its own health', async () => {
    expect(await (await send('me', { 'x-user': 'ada' })).text()).toBe('ada of acme');
    expect(await (await send('own-health')).json()).toMatchObject({
      details: { chatkit: { status: 'up' }, model: { status: 'up' } },
    });
  });
});
