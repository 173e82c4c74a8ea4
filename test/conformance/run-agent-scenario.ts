import { RequestContext } from '../../src/auth/index.js';
import {
  attachment,
  encodeEvent,
  publicItem,
  threadItem,
  threadMetadata,
  type Store,
} from '../../src/chatkit/core/index.js';
import { AgentServer, allItems } from './agent-server.js';
import type { AgentScenario, ModelCall } from './agent-scenario.js';
import { difference } from './difference.js';
import { Durations, inOrderOfAppearance, meaning, withoutHeldBack } from './agent-comparison.js';
import { ReplayedModel } from './replayed-model.js';
import { STAMP } from './scripted-values.js';
import { mapStrings, Symbols } from './symbols.js';

type Answer = AgentScenario['expect'];

/** A scenario that hangs is a failure. In milliseconds. */
const LIMIT = 30_000;

/**
 * Replays a scenario of the agents family over a store, each in a tenant of its own: the SDK's client of
 * the Responses API talks to a local server that answers as recorded.
 *
 * @returns what differs from the recording, empty when nothing does
 */
export async function runAgentScenario(
  scenario: AgentScenario,
  store: Store<RequestContext>,
  tenantId: string,
): Promise<string[]> {
  await using model = await ReplayedModel.start(scenario.turns, scenario.wire_chunk);
  const signal = AbortSignal.timeout(LIMIT);
  const context = new RequestContext({ tenantId, userId: 'u1', signal });
  const answer = await replay(scenario, new AgentServer(store, scenario, model), model, context);
  if (signal.aborted) return ['the scenario did not end'];
  const { events, model_requests: calls, dump } = scenario.expect;
  return [
    ['events', difference(withoutHeldBack(scenario, events), answer.events)] as const,
    ['model_requests', difference(calls.map(meaning), answer.model_requests.map(meaning))] as const,
    ['dump', difference(dump, answer.dump)] as const,
  ].flatMap(([part, found]) => (found === undefined ? [] : [`${part} ${found}`]));
}

async function replay(
  scenario: AgentScenario,
  server: AgentServer,
  model: ReplayedModel,
  context: RequestContext,
): Promise<Answer> {
  const symbols = new Symbols();
  const durations = new Durations(scenario);
  const printed = (value: unknown): unknown => durations.hide(symbols.normalise(value));
  let threadId = await seed(scenario, server.store, context);
  const events: unknown[][] = [];
  const calls: ModelCall[] = [];
  for (const [request, given] of scenario.requests.entries()) {
    const body = mapStrings(given, (text) => text.replaceAll('$thread', threadId ?? ''));
    const seen = await send(server, symbols.resolve(body), context);
    threadId ??= createdThread(seen);
    events.push(printed(inOrderOfAppearance(seen)) as unknown[]);
    for (const { instructions, tools = [], input } of model.calls.slice(calls.length)) {
      calls.push({ request, instructions, tools: tools.map(({ name, type }) => name ?? type), input });
    }
  }
  const model_requests = printed(calls) as ModelCall[];
  const stored = await allItems(server.store, threadId ?? '', context);
  return {
    events,
    model_requests,
    dump: printed(stored.map((item) => plain(publicItem(item)))) as unknown[],
  };
}

async function send(server: AgentServer, body: unknown, context: RequestContext): Promise<object[]> {
  const result = await server.process(JSON.stringify(body), context, { signal: context.signal });
  if (!result.streaming) throw new Error('expected a stream');
  const events: object[] = [];
  for await (const event of result.events) events.push(JSON.parse(encodeEvent(event)) as object);
  return events;
}

/** The thread, its history and the attachments that exist beforehand. */
async function seed(
  { thread, history = [], attachments = [], requests }: AgentScenario,
  store: Store<RequestContext>,
  context: RequestContext,
): Promise<string | undefined> {
  for (const given of attachments) await store.saveAttachment(attachment.parse(given), context);
  if (requests[0]?.type === 'threads.create') return undefined;
  const seeded = threadMetadata.parse({ id: 'thr_seed', ...STAMP, ...thread });
  await store.saveThread(seeded, context);
  for (const item of history) {
    const parsed = threadItem.parse({ thread_id: seeded.id, ...STAMP, ...item });
    await store.addThreadItem(seeded.id, parsed, context);
  }
  return seeded.id;
}

function createdThread([first]: readonly object[]): string | undefined {
  const { thread } = first as { thread?: { id: string } };
  return thread?.id;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
