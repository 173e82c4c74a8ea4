import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  CHATKIT_AVAILABILITY,
  ChatKitExceptionFilter,
  ChatKitIndicator,
  type ChatStatus,
} from '../../src/chatkit/index.js';
import { healthReport, type HealthReport } from '../../src/common/health.js';
import { ChatKitHealthModule } from '../../src/health/index.js';

const since = new Date('2026-01-02T03:04:05Z');

describe('health over HTTP', () => {
  let app: NestExpressApplication;
  let status: ChatStatus;
  let model: HealthReport;

  beforeAll(async () => {
    @Module({
      providers: [
        { provide: CHATKIT_AVAILABILITY, useValue: { status: () => status } },
        ChatKitIndicator,
        { provide: 'model', useValue: { check: () => model } },
      ],
      exports: [ChatKitIndicator, 'model'],
    })
    class Indicators {}
    const module = await Test.createTestingModule({
      imports: [
        ChatKitHealthModule.forRoot({
          imports: [Indicators],
          readiness: [ChatKitIndicator],
          indicators: ['model'],
        }),
      ],
    }).compile();
    app = module.createNestApplication<NestExpressApplication>({
      logger: false,
      forceCloseConnections: true,
    });
    app.useGlobalFilters(new ChatKitExceptionFilter());
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());
  beforeEach(() => {
    status = { state: 'up', since, pool: { total: 2, idle: 2, waiting: 0, max: 10 } };
    model = healthReport('model', 'up', { kind: 'offline', model: 'offline' });
  });

  const get = async (path: string): Promise<{ code: number; body: unknown; cached: string | null }> => {
    const response = await fetch(new URL(path, await app.getUrl()));
    return {
      code: response.status,
      body: await response.json(),
      cached: response.headers.get('cache-control'),
    };
  };

  it('tells everything when all is well', async () => {
    const { code, body, cached } = await get('/health');
    expect(code).toBe(200);
    expect(cached).toContain('no-store');
    expect(body).toMatchObject({
      status: 'ok',
      details: {
        chatkit: { status: 'up', state: 'up', since: since.toISOString(), pool: { total: 2, max: 10 } },
        model: { status: 'up', kind: 'offline' },
      },
    });
  });

  it('is alive but not ready while the database is away, and ready again when it is back', async () => {
    status = { state: 'down', reason: 'unreachable', since };
    expect((await get('/health/live')).code).toBe(200);
    for (const path of ['/health', '/health/ready']) {
      const { code, body } = await get(path);
      expect(code).toBe(503);
      expect(body).toMatchObject({
        status: 'error',
        error: {
          chatkit: { status: 'down', state: 'down', reason: 'unreachable', since: since.toISOString() },
        },
      });
    }
    status = { state: 'up', since };
    expect((await get('/health/ready')).code).toBe(200);
  });

  it('is ready where chat is not configured', async () => {
    status = { state: 'disabled', reason: 'not_configured', since };
    const { code, body } = await get('/health/ready');
    expect(code).toBe(200);
    expect(body).toMatchObject({ details: { chatkit: { state: 'disabled', reason: 'not_configured' } } });
  });

  it('stays healthy, but degraded, when a call to the model failed', async () => {
    model = healthReport('model', 'degraded', {
      kind: 'openai',
      model: 'gpt',
      lastError: { reason: 'rate_limited', at: since.toISOString() },
    });
    const { code, body } = await get('/health');
    expect(code).toBe(200);
    expect(body).toMatchObject({
      status: 'degraded',
      details: { model: { lastError: { reason: 'rate_limited' } } },
    });
  });
});
