import {
  ChatKitError,
  encodeEvent,
  type ProcessResult,
  type Store,
  type TenantScope,
  type ThreadItem,
} from '../../src/chatkit/core/index.js';
import { difference } from './difference.js';
import { FAILURE_KINDS, type Answer, type FailureKind, type Scenario, type Step } from './scenario.js';
import { ScriptedServer } from './scripted-server.js';
import { Symbols } from './symbols.js';

/** Page size of a dump; smaller than some threads, so that paging is exercised too. */
const DUMP_PAGE = 50;

/**
 * Replays a scenario over a store, each for users of its own, who are `prefix` and the scenario's names.
 *
 * @returns what differs from the recording, empty when nothing does
 */
export async function runScenario(
  scenario: Scenario,
  store: Store<TenantScope>,
  prefix: string,
): Promise<string[]> {
  const server = new ScriptedServer(store, scenario);
  const symbols = new Symbols();
  const differences: string[] = [];
  for (const [at, step] of scenario.steps.entries()) {
    const scope = { tenantId: 'replay', userId: `${prefix} ${step.user ?? 'u1'}` };
    const answer =
      step.dump === undefined
        ? await send(server, step, scope, symbols)
        : await dump(store, String(symbols.resolve(step.dump)), scope, symbols);
    const found = difference(step.expect, answer);
    if (found !== undefined) differences.push(`step ${at + 1} ${found}`);
  }
  const feedback = difference(scenario.expect_feedback ?? [], symbols.normalise(server.feedback));
  if (feedback !== undefined) differences.push(`feedback ${feedback}`);
  return differences;
}

async function send(
  server: ScriptedServer,
  step: Step,
  scope: TenantScope,
  symbols: Symbols,
): Promise<Answer> {
  const body = step.raw ?? JSON.stringify(symbols.resolve(step.request));
  const client = new AbortController();
  server.waiting = Promise.withResolvers();
  try {
    const result = await server.process(body, scope, { signal: client.signal });
    if (!result.streaming) return { json: symbols.normalise(JSON.parse(result.json)) };
    return await read(result, server, step, client, symbols);
  } catch (error) {
    return { raises: kindOf(error) };
  }
}

/** A client that leaves does so once it has seen enough and nothing more is coming by itself. */
async function read(
  result: ProcessResult & { streaming: true },
  server: ScriptedServer,
  { cancel_after = Infinity }: Step,
  client: AbortController,
  symbols: Symbols,
): Promise<Answer> {
  const events: unknown[] = [];
  const leave = async (): Promise<void> => {
    await server.waiting.promise;
    if (events.length >= cancel_after) client.abort();
  };
  void leave();
  try {
    for await (const event of result.events) {
      events.push(symbols.normalise(JSON.parse(encodeEvent(event))));
    }
    return { events };
  } catch (error) {
    const raises = kindOf(error);
    return events.length > 0 ? { events, raises } : { raises };
  }
}

async function dump(
  store: Store<TenantScope>,
  threadId: string,
  scope: TenantScope,
  symbols: Symbols,
): Promise<Answer> {
  const items: ThreadItem[] = [];
  let after: string | undefined;
  try {
    do {
      const page = await store.loadThreadItems(threadId, { limit: DUMP_PAGE, order: 'asc', after }, scope);
      items.push(...page.data);
      after = page.after;
    } while (after !== undefined);
  } catch (error) {
    return { raises: kindOf(error) };
  }
  return { json: symbols.normalise(JSON.parse(JSON.stringify(items))) };
}

function kindOf(error: unknown): FailureKind {
  const kind = FAILURE_KINDS.find((code) => error instanceof ChatKitError && error.code === code);
  if (kind === undefined) throw error;
  return kind;
}
