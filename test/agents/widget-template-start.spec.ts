import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ChatKitAgentsModule, ChatKitAction } from '../../src/agents/index.js';
import { OfflineModel } from '../../src/offline-model/index.js';
import { WidgetTemplates } from '../../src/widget-templates/index.js';
import { agentsConfig } from './support/chat.js';

let file: string;

const button = (action: object) => ({ type: 'Button', label: 'Press', onClickAction: action });

async function written(children: readonly object[]): Promise<void> {
  const template = JSON.stringify({ type: 'Card', children });
  await writeFile(file, JSON.stringify({ version: '1.0', name: 'Order', template, jsonSchema: {} }));
}

@Injectable()
class Orders {
  constructor(templates: WidgetTemplates) {
    templates.load(file);
  }

  @ChatKitAction('order.cancel')
  async cancel(): Promise<void> {}
}

async function startWith(provider: Type<object>): Promise<string> {
  const imports = [ChatKitAgentsModule.forRoot({ config: agentsConfig(), model: new OfflineModel() })];
  try {
    const app = await Test.createTestingModule({ imports, providers: [WidgetTemplates, provider] }).compile();
    try {
      await app.init();
    } finally {
      await app.close();
    }
    return 'started';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : '';
  }
}

beforeAll(async () => (file = join(await mkdtemp(join(tmpdir(), 'widgets-')), 'order.widget')));
afterAll(() => rm(join(file, '..'), { recursive: true }));

describe('An application with widget templates', () => {
  it('starts when everything that they send is handled, by a method or by the page', async () => {
    await written([button({ type: 'order.cancel' }), button({ type: 'order.open', handler: 'client' })]);
    await expect(startWith(Orders)).resolves.toBe('started');
  });

  it('does not start when nobody handles what they send, and says which file sends it', async () => {
    await written([button({ type: 'order.keep' }), button({ type: 'order.cancel', streaming: false })]);
    await expect(startWith(Orders)).resolves.toBe(
      `ExtensionError: ${file}: nobody handles its action "order.keep"\n` +
        `${file}: nobody handles its action without a stream "order.cancel"`,
    );
  });

  it('does not start with a broken one, and says which file is broken', async () => {
    await writeFile(file, '{"version":"1.0"');
    expect(await startWith(Orders)).toContain(`WidgetTemplateError: ${file}: it cannot be read`);
  });
});
