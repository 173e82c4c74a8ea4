import { Injectable, Module, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import * as z from 'zod';
import { ChatKitAgentsModule, ChatKitTool, RespondService } from '../../src/agents/index.js';
import { ChatKitModule } from '../../src/chatkit/index.js';
import { MemoryStore } from '../../src/chatkit/core/index.js';
import { ChatKitTelemetryModule } from '../../src/telemetry/index.js';
import { callOf, ScriptedModel } from '../../src/testing/index.js';
import { agentsConfig } from '../agents/support/chat.js';
import { CollectedLog } from '../http/collected-log.js';
import { create } from '../http/requests.js';

const exporter = new InMemorySpanExporter();
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

@Injectable()
class Weather {
  @ChatKitTool({ name: 'look_outside', description: 'Looks outside.', parameters: z.object({}) })
  async look(): Promise<string> {
    await new Promise((resolve) => setImmediate(resolve));
    tracerProvider.getTracer('host').startSpan('window').end();
    return 'It rains';
  }
}

describe('A host with an SDK of its own', () => {
  const log = new CollectedLog();
  let app: NestExpressApplication;

  beforeAll(async () => {
    // a file before this one may have left out what is no warning
    Logger.overrideLogger(['fatal', 'error', 'warn', 'log']);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    @Module({
      imports: [
        ChatKitTelemetryModule.forRoot({ tracerProvider, tenantNaming: 'plain', paths: ['chatkit'] }),
        ChatKitModule.forRoot({
          imports: [
            ChatKitAgentsModule.forRoot({
              config: agentsConfig({ titles: 'words' }),
              model: new ScriptedModel({ 'How is it?': callOf('look_outside', {}) }),
              tools: [Weather],
            }),
          ],
          server: RespondService,
          store: { useValue: new MemoryStore() },
          identity: () => ({ tenantId: 'acme', userId: 'ada' }),
        }),
      ],
    })
    class App {}
    app = await NestFactory.create<NestExpressApplication>(App, { abortOnError: false, logger: log });
    await app.listen(0, '127.0.0.1');
  });

  afterAll(async () => {
    await app?.close();
    context.disable();
    trace.disable();
  });

  it('sees below a request its sender, the model and a tool, and below the tool what that does', async () => {
    const response = await fetch(`${await app.getUrl()}/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(create('How is it?')),
    });
    await response.text();
    await log.until((line) => line.startsWith('log request answered'));
    const spans = exporter.getFinishedSpans();
    const named = (name: string) => spans.find((span) => span.name === name);
    const root = named('POST /chatkit');
    expect(root?.attributes).toMatchObject({ 'chatkit.tenant.id': 'acme', 'chatkit.outcome': 'completed' });
    const parents = Object.fromEntries(
      ['authenticate', 'chat gpt-5-mini', 'execute_tool look_outside', 'window'].map((name) => [
        name,
        spans.find((span) => span.spanContext().spanId === named(name)?.parentSpanContext?.spanId)?.name,
      ]),
    );
    expect(parents).toEqual({
      authenticate: 'POST /chatkit',
      'chat gpt-5-mini': 'POST /chatkit',
      'execute_tool look_outside': 'POST /chatkit',
      window: 'execute_tool look_outside',
    });
  });
});
