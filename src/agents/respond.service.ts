import { Inject, Injectable, Optional } from '@nestjs/common';
import { RequestContext } from '../auth/request-context.js';
import {
  ChatKitServer,
  Store,
  type ChatKitServerOptions,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from '../chatkit/core/index.js';
import { AgentsConfig } from '../config/agents.config.js';
import { AgentContext } from './agent-context.js';
import { AnswerService } from './answer.service.js';
import { ContextSources, type GatheredContext } from './context/context-sources.js';
import { AgentExtensions } from './extend/agent-extensions.js';
import { divide, itemsToLoad } from './prompt/history.js';
import { buildPrompt, type Prompt } from './prompt/prompt.js';
import { systemPrompt } from './prompt/system-prompt.js';
import { titleFrom } from './title.js';
import { RESPOND_OPTIONS } from './tokens.js';

/** Answers with an agent that knows who is asking, from which page, and what was said before. */
@Injectable()
export class RespondService extends ChatKitServer<RequestContext> {
  readonly #system: string;

  constructor(
    store: Store<RequestContext>,
    private readonly answers: AnswerService,
    private readonly config: AgentsConfig,
    @Optional() @Inject(RESPOND_OPTIONS) options: ChatKitServerOptions<RequestContext> = {},
    @Optional() extensions?: AgentExtensions,
    @Optional() private readonly sources?: ContextSources,
  ) {
    super(store, { ...(extensions && { actions: extensions.actions }), ...options });
    this.#system = systemPrompt(config.systemPrompt);
  }

  override async *respond(
    thread: ThreadMetadata,
    inputUserMessage: UserMessageItem | undefined,
    context: RequestContext,
  ): AsyncGenerator<ThreadStreamEvent, void, undefined> {
    const [newest, gathered] = await Promise.all([
      this.#newest(thread, context),
      this.sources?.gather(inputUserMessage, context),
    ]);
    const prompt = await this.#prompt(newest, inputUserMessage, context, gathered);
    if (prompt.input.length === 0) return;
    yield* this.answers.answer(prompt, new AgentContext(thread, this.store, context), newest);
    if (!context.signal.aborted) await this.#giveTitle(thread, inputUserMessage, context);
  }

  async #newest(thread: ThreadMetadata, context: RequestContext): Promise<ThreadItem[]> {
    const limit = itemsToLoad(this.config.historyLimit);
    return (await this.store.loadThreadItems(thread.id, { limit, order: 'desc' }, context)).data;
  }

  #prompt(
    newest: readonly ThreadItem[],
    message: UserMessageItem | undefined,
    context: RequestContext,
    gathered: GatheredContext | undefined,
  ): Promise<Prompt> {
    const { historyLimit, historyCharacters, historyMode } = this.config;
    return buildPrompt(divide(newest, message), context, {
      system: this.#system,
      mode: historyMode,
      limits: { count: historyLimit, characters: historyCharacters },
      gathered,
    });
  }

  /** Names a thread that has no name by then: its owner may have given it one in the meantime. */
  async #giveTitle(
    thread: ThreadMetadata,
    message: UserMessageItem | undefined,
    context: RequestContext,
  ): Promise<void> {
    if (thread.title !== undefined || message === undefined) return;
    const title = titleFrom(message);
    if (title === undefined) return;
    const stored = await this.store.loadThread(thread.id, context);
    thread.title = stored.title ?? title;
  }
}
