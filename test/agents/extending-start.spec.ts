import { Controller, Injectable, Scope, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import * as z from 'zod';
import { ChatKitAgentsModule, ChatKitAction, ChatKitTool, type ToolOptions } from '../../src/agents/index.js';
import { ExtensionError } from '../../src/common/discovery/extension-error.js';
import { OfflineModel } from '../../src/offline-model/index.js';
import { agentsConfig } from './support/chat.js';

const parameters = z.object({});

function toolClass(name: string, options: Partial<ToolOptions>): Type<object> {
  class Declared {
    @ChatKitTool({ name: 'tool', description: 'A tool.', parameters, ...options })
    run(): string {
      return '';
    }
  }
  Object.defineProperty(Declared, 'name', { value: name });
  return Injectable()(Declared) ?? Declared;
}

@Injectable()
class Actions {
  @ChatKitAction('go')
  async go(): Promise<void> {}

  @ChatKitAction('go', { sync: true })
  goAndWait(): void {}
}

@Injectable()
class MoreActions {
  @ChatKitAction('go')
  async alsoGo(): Promise<void> {}
}

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  @ChatKitAction('per.request')
  async run(): Promise<void> {}
}

@Injectable()
class NeedsPerRequest {
  constructor(readonly perRequest: PerRequest) {}

  @ChatKitAction('needs')
  async run(): Promise<void> {}
}

@Injectable({ scope: Scope.TRANSIENT })
class EveryTime {
  @ChatKitAction('every.time')
  async run(): Promise<void> {}
}

@Controller()
class Pages {
  @ChatKitAction('page')
  async run(): Promise<void> {}
}

async function problems(providers: Type<object>[], controllers: Type<object>[] = []): Promise<string[]> {
  const imports = [ChatKitAgentsModule.forRoot({ config: agentsConfig(), model: new OfflineModel() })];
  const app = await Test.createTestingModule({ imports, providers, controllers }).compile();
  try {
    await app.init();
    return [];
  } catch (error) {
    if (!(error instanceof ExtensionError)) throw error;
    return [...error.problems];
  } finally {
    await app.close().catch(() => undefined);
  }
}

describe('The start', () => {
  it('accepts a type of action that streams and one that waits', async () => {
    expect(await problems([Actions, toolClass('Tools', { name: 'a-b_C9' })])).toEqual([]);
  });

  it.each([
    ['two tools of one name', [toolClass('A', {}), toolClass('B', {})], /^B\.run: the tool tool is A\.run/],
    [
      'two handlers of one action',
      [Actions, MoreActions],
      /^MoreActions\.alsoGo: .*"go".*Actions\.go already/,
    ],
    ['a name with a space', [toolClass('A', { name: 'a tool' })], /^A\.run: the name "a tool"/],
    ['a name that is too long', [toolClass('A', { name: 'a'.repeat(65) })], /^A\.run: the name/],
    [
      'parameters that are no schema',
      [toolClass('A', { parameters: { order: 'string' } as never })],
      /^A\.run: the parameters are neither/,
    ],
    ['missing parameters', [toolClass('A', { parameters: undefined as never })], /^A\.run: the parameters/],
    [
      'a schema of something else than an object',
      [toolClass('A', { parameters: z.string() as never })],
      /^A\.run: the parameters are neither/,
    ],
    [
      'a schema with an unknown type',
      [toolClass('A', { parameters: { type: 'object', properties: { a: { type: 'text' } } } })],
      /^A\.run: the parameters are no JSON schema/,
    ],
    [
      'parameters that JSON cannot represent',
      [toolClass('A', { parameters: z.object({ day: z.date() }) })],
      /^A\.run: the parameters cannot be described/,
    ],
    ['a time limit of nothing', [toolClass('A', { timeoutMs: 0 })], /^A\.run: the time limit/],
    ['a time limit that is no number', [toolClass('A', { timeoutMs: NaN })], /^A\.run: the time limit/],
    ['a time limit of days', [toolClass('A', { timeoutMs: 1e9 })], /^A\.run: the time limit/],
    ['a transient provider', [EveryTime], /^EveryTime\.run: .*transient/],
    ['a request-scoped provider', [PerRequest], /^PerRequest\.run: .*request-scoped/],
  ] as const)('refuses %s, naming class and method', async (_what, providers, problem) => {
    expect(await problems([...providers])).toEqual([expect.stringMatching(problem)]);
  });

  it('refuses a provider that depends on a request-scoped one, and lists all it has found', async () => {
    expect(await problems([PerRequest, NeedsPerRequest])).toEqual([
      expect.stringMatching(/^PerRequest\.run/),
      expect.stringMatching(/^NeedsPerRequest\.run: .*request-scoped/),
    ]);
  });

  it('refuses a method of a controller', async () => {
    expect(await problems([], [Pages])).toEqual([expect.stringMatching(/^Pages\.run: .*controller/)]);
  });
});
