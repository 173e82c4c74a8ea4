import {
  AgentContext,
  ResponseStreamConverter,
  streamAgentResponse,
  ThreadItemConverter,
} from '../../src/agents/index.js';
import type { RequestContext } from '../../src/auth/index.js';
import {
  ChatKitServer,
  type Store,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from '../../src/chatkit/core/index.js';
import { ExtendedConverter } from './agent-converter.js';
import type { AgentScenario } from './agent-scenario.js';
import type { ReplayedModel } from './replayed-model.js';
import { ReportedFeed } from './reported-feed.js';
import { ScriptedAgents } from './scripted-agent.js';

/** Smaller than some threads, so that paging is exercised too. */
const PAGE = 50;

/** Every item of a thread, oldest first. */
export async function allItems<TContext>(
  store: Store<TContext>,
  threadId: string,
  context: TContext,
): Promise<ThreadItem[]> {
  const items: ThreadItem[] = [];
  let after: string | undefined;
  do {
    const page = await store.loadThreadItems(threadId, { limit: PAGE, order: 'asc', after }, context);
    items.push(...page.data);
    after = page.after;
  } while (after !== undefined);
  return items;
}

/** Answers with a scenario's agent and does no more than that. */
export class AgentServer extends ChatKitServer<RequestContext> {
  readonly #agents: ScriptedAgents;
  readonly #items: ThreadItemConverter;

  constructor(
    store: Store<RequestContext>,
    private readonly scenario: AgentScenario,
    private readonly model: ReplayedModel,
  ) {
    super(store);
    this.#agents = new ScriptedAgents(scenario, model);
    this.#items = scenario.converter === 'extended' ? new ExtendedConverter() : new ThreadItemConverter();
  }

  override async *respond(
    thread: ThreadMetadata,
    _message: UserMessageItem | undefined,
    context: RequestContext,
  ): AsyncGenerator<ThreadStreamEvent, void, undefined> {
    const { thread_title: title, partial_images: partialImages } = this.scenario;
    if (title !== undefined) thread.title ??= title;
    const input = await this.#items.toAgentInput(await allItems(this.store, thread.id, context));
    const agentContext = new AgentContext(thread, this.store, context);
    const converter = new ResponseStreamConverter({ partialImages });
    const isJudged = (this.scenario.agent.input_guardrails ?? []).length > 0;
    const feed = new ReportedFeed(this.model.cues, isJudged);
    this.model.cues.began();
    try {
      const run = await this.#agents.run(input, agentContext, feed);
      yield* streamAgentResponse(agentContext, run, { ids: 'model', converter, feed });
    } finally {
      this.model.cues.over();
    }
  }
}
