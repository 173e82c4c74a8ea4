import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitTool, createModel } from '../../../src/agents/index.js';
import type { ThreadItem, ThreadStreamEvent } from '../../../src/chatkit/core/index.js';
import { agentsConfig, Chat, type Exchange } from './chat.js';
import { McpChat } from './mcp-chat.js';
import { ModelServer, type Turn } from './model-server.js';

/** An agent on a model behind Chat Completions. */
export function configFor(server: ModelServer): ReturnType<typeof agentsConfig> {
  return agentsConfig({ apiKey: 'k', baseUrl: server.url, modelApi: 'chat_completions', titles: 'words' });
}

/** What comes back when the model answers with these turns. */
export async function say(turns: readonly Turn[]): Promise<Exchange> {
  await using server = await ModelServer.start(turns);
  const config = configFor(server);
  return await new Chat(createModel(config), config).say('Hi');
}

/** Tools of the recorded scenarios. */
@Injectable()
class Weather {
  @ChatKitTool({ name: 'get_weather', description: '', parameters: z.object({ city: z.string() }) })
  weather({ city }: { city: string }): string {
    return `3 °C in ${city}`;
  }

  @ChatKitTool({ name: 'slow', description: '', parameters: z.object({ city: z.string() }) })
  slow({ city }: { city: string }): string {
    return `slow in ${city}`;
  }

  @ChatKitTool({ name: 'quick', description: '', parameters: z.object({ city: z.string() }) })
  quick({ city }: { city: string }): string {
    return `quick in ${city}`;
  }
}

/** The same with tools, from a server that the test keeps. */
export async function withTools(server: ModelServer, text: string): Promise<Exchange> {
  const config = configFor(server);
  await using chat = await McpChat.start(createModel(config), [], [Weather], config);
  return await chat.say(text);
}

function shown(item: ThreadItem): unknown {
  return item.type === 'assistant_message' ? item.content.map(({ text }) => text) : item.type;
}

/** What the user has in the end: texts, kinds of what else there is, and how it ended. */
export function outcome(events: readonly ThreadStreamEvent[]): unknown[] {
  return events.flatMap((event) => {
    if (event.type === 'error') return [event];
    return event.type === 'thread.item.done' && event.item.type !== 'user_message' ? [shown(event.item)] : [];
  });
}
