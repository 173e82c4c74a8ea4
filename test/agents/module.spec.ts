import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ChatKitAgentsModule, CHATKIT_MODEL, ModelHealth, RespondService } from '../../src/agents/index.js';
import { OfflineModel } from '../../src/offline-model/index.js';
import { MemoryStore, Store } from '../../src/chatkit/core/index.js';
import { AgentsConfig } from '../../src/config/agents.config.js';
import { ConfigError, describeConfig, loadConfig } from '../../src/config/validate.js';

@Module({ providers: [{ provide: Store, useClass: MemoryStore }], exports: [Store] })
class ChatKitStoreModule {}

describe('the agents module', () => {
  it('gives what a RespondService is made of, with the offline model when there is no key', async () => {
    const app = await Test.createTestingModule({
      imports: [ChatKitStoreModule, ChatKitAgentsModule.forRoot({ config: loadConfig(AgentsConfig, {}) })],
      providers: [RespondService],
    }).compile();
    expect(app.get(RespondService)).toBeInstanceOf(RespondService);
    expect(app.get(CHATKIT_MODEL)).toBeInstanceOf(OfflineModel);
    expect(app.get(ModelHealth).status()).toMatchObject({ kind: 'offline', model: 'offline' });
  });

  it('uses a model behind an API when there is a key', async () => {
    const config = loadConfig(AgentsConfig, { OPENAI_API_KEY: 'sk-1', CHATKIT_MODEL: 'gpt-test' });
    const app = await Test.createTestingModule({
      imports: [ChatKitAgentsModule.forRoot({ config })],
    }).compile();
    expect(app.get(ModelHealth).status()).toMatchObject({ kind: 'openai', model: 'gpt-test' });
  });
});

describe('the configuration of the agents', () => {
  it('asks for ten messages in the prompt, no traces and no load tests by default', () => {
    expect(loadConfig(AgentsConfig, {})).toMatchObject({
      historyLimit: 10,
      historyMode: 'prompt',
      tracing: false,
      offlineBench: false,
    });
  });

  it.each([
    ['CHATKIT_HISTORY_LIMIT', '101'],
    ['CHATKIT_HISTORY_LIMIT', '-1'],
    ['CHATKIT_HISTORY_LIMIT', 'many'],
    ['CHATKIT_HISTORY_MODE', 'both'],
    ['CHATKIT_MODEL', 'two words'],
    ['CHATKIT_MODEL_TIMEOUT_MS', '0'],
    ['CHATKIT_MAX_TURNS', '0'],
    ['CHATKIT_TRACING', 'perhaps'],
    ['OPENAI_BASE_URL', 'ftp://models.test'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(() => loadConfig(AgentsConfig, { [name]: value })).toThrow(ConfigError);
    expect(() => loadConfig(AgentsConfig, { [name]: value })).toThrow(name);
  });

  it('does not show the key in an error', () => {
    const key = `sk-${'x'.repeat(5000)}`;
    expect(() => loadConfig(AgentsConfig, { OPENAI_API_KEY: key })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('xxx') as string }),
    );
  });

  it('describes every variable', () => {
    for (const { description } of describeConfig(AgentsConfig)) expect(description).toMatch(/\.$/);
  });
});
