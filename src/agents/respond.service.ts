import { Inject, Injectable, Optional } from '@nestjs/common';
import { logThread } from '../common/logging/log-scope.js';
import { RequestContext } from '../auth/context/request-context.js';
import {
  ChatKitServer,
  historyIn,
  publicThread,
  Store,
  type ChatKitServerOptions,
  type History,
  type InferenceOptions,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from '../chatkit/core/index.js';
import { hasText } from '../chatkit/core/stream/pending-items.js';
import { AgentsConfig } from '../config/agents.config.js';
import { AgentContext } from './run/agent-context.js';
import { AnswerService } from './run/answer.service.js';
import { ContextSources, type GatheredContext } from './context/context-sources.js';
import type { FileSource } from './prompt/attached-files.js';
import { divide, itemsToLoad } from './prompt/history.js';
import { buildPrompt, type Prompt } from './prompt/prompt.js';
import { systemPrompt } from './prompt/system-prompt.js';
import { AnswerBudgets } from './usage/answer-budget.js';
import type { Naming } from './titles/naming.js';
import { Titles } from './titles/title.service.js';
import { CHATKIT_SERVER_OPTIONS } from '../chatkit/chatkit.tokens.js';
import { summarised } from './run/workflow-summary.js';

const UNREAD = 'A file of your message could not be read. The answer does without it.';

/** Answers with an agent that knows who is asking, from which page, and what was said before. */
@Injectable()
export class RespondService extends ChatKitServer<RequestContext> {
  override readonly historyLimit: number;
  readonly #system: string;
  /** Of threads that are being answered. */
  readonly #namings = new WeakMap<ThreadMetadata, Naming>();

  constructor(
    store: Store<RequestContext>,
    private readonly answers: AnswerService,
    private readonly config: AgentsConfig,
    @Optional() @Inject(CHATKIT_SERVER_OPTIONS) options: ChatKitServerOptions<RequestContext> = {},
    @Optional() private readonly sources?: ContextSources,
    @Optional() private readonly titles: Titles = new Titles(),
    @Optional() private readonly budgets?: AnswerBudgets,
  ) {
    super(store, {
      messageCheck: (input, context) => answers.checkChoice(input.inference_options, context),
      ...options,
    });
    this.historyLimit = itemsToLoad(config.historyLimit);
    this.#system = systemPrompt(config.systemPrompt);
  }

  override async *respond(
    thread: ThreadMetadata,
    inputUserMessage: UserMessageItem | undefined,
    context: RequestContext,
    history: History = historyIn(this.store, thread.id, inputUserMessage, context),
  ): AsyncGenerator<ThreadStreamEvent, void, undefined> {
    logThread(thread.id);
    const refusal = await this.budgets?.refusal(context);
    if (refusal !== undefined) {
      yield { type: 'notice', level: 'warning', title: undefined, message: refusal };
      return;
    }
    const loading = history.newest(this.historyLimit);
    const [newest, gathered] = await Promise.all([loading, this.#gather(loading, inputUserMessage, context)]);
    const prompt = await this.#prompt(newest, inputUserMessage, context, gathered);
    if (prompt.input.length === 0) return;
    if (inputUserMessage?.attachments.some(({ id }) => prompt.unread?.has(id)) === true) {
      yield { type: 'notice', level: 'warning', title: undefined, message: UNREAD };
    }
    const choice = choiceOf(newest, inputUserMessage);
    const name = (by?: 'words'): Naming | undefined =>
      this.titles.begin(this.store, thread, inputUserMessage, context, by);
    let naming: Naming | undefined;
    try {
      const agentContext = new AgentContext(thread, this.store, context);
      const onStart = (): void => {
        naming = name();
        if (naming !== undefined) this.#namings.set(thread, naming);
      };
      yield* this.answers.answer(prompt, agentContext, { newest, choice, onStart });
      const named = context.signal.aborted ? undefined : await naming?.now();
      if (named !== undefined) yield { type: 'thread.updated', thread: publicThread(named) };
    } finally {
      naming ??= name('words');
      naming?.later();
    }
  }

  /** The title of a new thread goes with the answer, where it is there by then. */
  override async addItem(thread: ThreadMetadata, item: ThreadItem, context: RequestContext): Promise<void> {
    if ((await this.#namings.get(thread)?.with(item)) !== true) await super.addItem(thread, item, context);
  }

  /** What the user has seen of it stays, and is stored; what cannot be used unfinished goes. */
  override *settleFailed(pendingItems: readonly ThreadItem[]): Iterable<ThreadStreamEvent> {
    for (const item of pendingItems) {
      if (item.type === 'assistant_message' && hasText(item)) yield { type: 'thread.item.done', item };
      else if (item.type === 'workflow') {
        yield { type: 'thread.item.done', item: summarised(item, new Date(this.now()), false) };
      } else yield { type: 'thread.item.removed', item_id: item.id };
    }
  }

  /** What goes on after a call of the page is still about the user's last message. */
  async #gather(
    newest: Promise<readonly ThreadItem[]>,
    message: UserMessageItem | undefined,
    context: RequestContext,
  ): Promise<GatheredContext | undefined> {
    const asked = message ?? (await newest).find((item) => item.type === 'user_message');
    return this.sources?.gather(asked, context);
  }

  #prompt(
    newest: readonly ThreadItem[],
    message: UserMessageItem | undefined,
    context: RequestContext,
    gathered: GatheredContext | undefined,
  ): Promise<Prompt> {
    const { historyLimit, historyCharacters, historyMode, pageQuery } = this.config;
    return buildPrompt(divide(newest, message), context, {
      system: this.#system,
      mode: historyMode,
      limits: { count: historyLimit, characters: historyCharacters },
      gathered,
      pageQuery,
      files: this.#files(context),
    });
  }

  #files(context: RequestContext): FileSource | undefined {
    const { attachmentStore: store, logger } = this;
    if (store === undefined) return undefined;
    return {
      read: (attachment, maxBytes) => store.readAttachment(attachment, maxBytes, context),
      maxBytes: this.config.fileBytes,
      maxCharacters: this.config.fileCharacters,
      logger,
    };
  }
}

/** What the user has chosen in the composer: a tool for the first answer, a model for those after its calls too. */
function choiceOf(newest: readonly ThreadItem[], message: UserMessageItem | undefined): InferenceOptions {
  if (message !== undefined) return message.inference_options;
  const last = newest.find((item) => item.type === 'user_message');
  return { model: last?.inference_options.model };
}
