import { Actions } from './actions.js';
import { Choices } from './choices.js';
import { Composer } from './composer.js';
import { adoptDraft, draftSent, restoreDraft, switchDraft } from './composer-parts.js';
import { putComposerValue } from './composer-value.js';
import type { ComposerChange } from './composer-value.js';
import { Commands } from './commands.js';
import { Conversation } from './conversation.js';
import { Dictation } from './dictation.js';
import { Entities } from './entities.js';
import type { EntityInfo } from './entity.js';
import { ChatKitFailure } from './failure.js';
import { History } from './history.js';
import type { OutgoingMessage } from './message.js';
import { readOptions } from './options.js';
import type { Options } from './options.js';
import type { SessionPorts } from './ports.js';
import { Joining } from './joining.js';
import { Outbox } from './outbox.js';
import { EMPTY_STATE, isBusy } from './state.js';
import type { ChatState } from './state.js';
import { Store } from './store.js';
import { Transport, languageTag } from './transport.js';
import { Turns } from './turns.js';
import { UnknownTypes } from './unknown.js';
import { Uploads } from './uploads.js';
import type { ThreadInfo } from './wire.js';
import { WordSearch } from './word-search.js';

/** One conversation view: options in, view state and events out. Knows nothing of the DOM. */
export class Session {
  readonly state = new Store<ChatState>(EMPTY_STATE);
  readonly options: Store<Options>;
  readonly composer = new Composer();
  readonly choices: Choices;
  readonly uploads: Uploads;
  readonly dictation: Dictation;
  readonly tags: WordSearch<EntityInfo>;
  readonly commands: Commands;
  readonly entities: Entities;
  readonly history: History;
  readonly actions: Actions;
  readonly unknown: UnknownTypes;
  readonly #transport: Transport;
  readonly #conversation: Conversation;
  readonly #turns: Turns;
  readonly #joining: Joining;
  readonly #outbox: Outbox;
  #lifetime = new AbortController();
  #started = false;

  constructor(
    private readonly ports: SessionPorts,
    options: unknown,
  ) {
    this.options = new Store(readOptions(options));
    this.#transport = new Transport(() => this.#endpoint(), ports.instanceId);
    const report = (error: Error): void => this.report(error);
    const signal = (): AbortSignal => this.#lifetime.signal;
    const unknown = new UnknownTypes((kind, type) => this.log('protocol.unknown', { kind, type }));
    this.unknown = unknown;
    const shared = { state: this.state, transport: this.#transport, signal, report, unknown };
    const emit = (name: string, detail?: unknown): void => ports.emit(name, detail);
    this.choices = new Choices(this.options, (toolId) => emit('chatkit.tool.change', { toolId }));
    this.entities = new Entities(this.options, report);
    this.tags = new WordSearch('@', () => this.entities.finder, report);
    this.commands = new Commands(this.options, report);
    this.uploads = new Uploads({ ...shared, options: this.options });
    this.dictation = new Dictation({ ...shared, record: ports.record });
    this.history = new History(this.#transport, signal, report);
    this.#conversation = new Conversation({
      ...shared,
      emit,
      threadLoaded: (thread) => this.#noteThread(thread),
      answering: () => void this.#joining.follow(),
    });
    const running = {
      ...shared,
      emit,
      threadSeen: (thread: ThreadInfo, shown: boolean) => this.#threadSeen(thread, shown),
      refresh: (abort: AbortSignal, force: boolean) => this.#conversation.refresh(abort, force),
      wait: ports.wait,
    };
    this.#turns = new Turns({
      ...running,
      options: () => this.options.value,
      restoreDraft: (draft) => restoreDraft(this, draft),
    });
    this.#joining = new Joining(running);
    this.#outbox = new Outbox({
      state: this.state,
      composer: this.composer,
      choices: this.choices,
      uploads: this.uploads,
      turns: this.#turns,
      usable: () => this.#usable(),
    });
    this.actions = new Actions({
      ...shared,
      turns: this.#turns,
      options: this.options,
      log: (n, d) => this.log(n, d),
    });
  }

  /** Takes new options; only another server address starts over. @throws TypeError when not an object */
  setOptions(value: unknown): void {
    const before = this.options.value;
    this.options.set(readOptions(value));
    this.choices.review();
    if (!this.#started) return;
    if (before.api.url !== this.options.value.api.url) {
      this.#turns.detach();
      this.#joining.leave();
      this.#turns.abortAll();
      this.#conversation.clear();
      this.history.reset();
      this.uploads.reset();
    }
    if (this.options.value.history.enabled && this.#usable()) void this.history.load();
  }

  /** Starts working when the element is in the page; a second start after `stop` picks up where it was. */
  start(): void {
    this.#lifetime = new AbortController();
    const first = !this.#started;
    this.#started = true;
    if (!this.#usable()) {
      this.#showHosted();
      return;
    }
    if (this.options.value.history.enabled) void this.history.load();
    if (!first) {
      void this.fetchUpdates().catch((error: Error) => this.report(error));
      return;
    }
    this.log('app.init');
    const { initialThread } = this.options.value;
    if (initialThread !== null) void this.#switchTo(initialThread);
  }

  /** Ends every stream and request. */
  stop(): void {
    this.#lifetime.abort();
    this.dictation.cancel();
    this.#joining.leave();
    this.#turns.abortAll();
  }

  /** @throws ChatKitFailure while a response runs, on a locked or closed thread, and for an empty message */
  async sendUserMessage(message: OutgoingMessage & { newThread?: boolean | undefined }): Promise<void> {
    await this.#conversation.settled;
    if (message.newThread && !isBusy(this.state.value)) await this.setThreadId(null);
    await this.#outbox.send(message);
  }

  /** Sends a prompt of the start screen with what is picked in the composer. @throws ChatKitFailure */
  async sendPrompt(prompt: OutgoingMessage): Promise<void> {
    await this.#conversation.settled;
    await this.#outbox.sendPrompt(prompt);
  }

  /** Sends what is in the composer. Does nothing while a response runs. */
  submit(): Promise<void> {
    return this.#outbox.submit();
  }

  async setThreadId(id: string | null | undefined): Promise<void> {
    const next = id ?? null;
    if (next !== this.state.value.threadId || this.state.value.view === 'failed') await this.#switchTo(next);
  }

  async newThread(): Promise<void> {
    this.log('newChat.create');
    this.showHistory(false);
    await this.#switchTo(null);
    this.ports.focusComposer();
  }

  async sendCustomAction(action: unknown, itemId?: string): Promise<void> {
    await this.#conversation.settled;
    await this.actions.send(action, itemId);
  }

  /** @throws ChatKitFailure */
  async fetchUpdates(): Promise<void> {
    await this.#conversation.settled;
    if (!this.#usable()) return;
    const { view, threadId } = this.state.value;
    if (this.options.value.history.enabled && this.history.state.value.status !== 'ready')
      void this.history.reload();
    if (view === 'failed' && threadId !== null) await this.#conversation.open(threadId);
    else await this.#conversation.refresh(this.#lifetime.signal);
  }

  setComposerValue(change: ComposerChange): void {
    putComposerValue(change, this);
  }

  focusComposer(): void {
    this.ports.focusComposer();
  }

  stopResponse(): void {
    if (!this.#joining.stop()) this.#turns.stop();
    this.ports.focusComposer();
  }

  loadOlder(): Promise<void> {
    return this.#conversation.older();
  }

  /** Tries again what failed last: loading the thread, sending the message, or answering it. */
  async retryProblem(): Promise<void> {
    const { view, threadId } = this.state.value;
    if (view === 'failed' && threadId !== null) return this.#conversation.open(threadId);
    const failed = this.#turns.failedRequest;
    if (!failed) return this.actions.retryLast();
    if (failed.draft && this.composer.state.value.text === failed.draft.text) draftSent(this);
    await this.#turns.start(failed).finished.catch(() => undefined);
  }

  dismissNotice(key: number): void {
    this.state.update((state) => ({
      ...state,
      notices: state.notices.filter((notice) => notice.key !== key),
    }));
  }

  /** @throws ChatKitFailure when opening while the history is switched off */
  showHistory(open: boolean): void {
    if (open && !this.options.value.history.enabled)
      throw new ChatKitFailure('rejected', 'The history is disabled');
    if (this.history.state.value.open === open) return;
    this.history.show(open);
    if (open && this.#usable()) void this.history.reload();
    this.ports.emit(open ? 'chatkit.history.open' : 'chatkit.history.close');
    this.log(open ? 'history.open' : 'history.close');
  }

  async renameThread(id: string, title: string): Promise<void> {
    const thread = await this.history.rename(id, title);
    if (thread && this.state.value.threadId === id) this.state.update((state) => ({ ...state, thread }));
  }

  async deleteThread(id: string): Promise<void> {
    await this.history.remove(id);
    if (this.state.value.threadId === id) await this.#switchTo(null);
  }

  deeplink(detail: { name: string; data: Record<string, string> }): void {
    this.ports.emit('chatkit.deeplink', detail);
  }

  log(name: string, data?: Record<string, unknown>): void {
    this.ports.emit('chatkit.log', data ? { name, data } : { name });
  }

  report(error: Error): void {
    this.ports.emit('chatkit.error', { error });
  }

  async #switchTo(id: string | null): Promise<void> {
    this.#turns.detach();
    this.#joining.leave();
    this.dictation.cancel();
    switchDraft(this, id);
    if (id === null) this.#conversation.clear();
    else await this.#conversation.open(id);
  }

  #threadSeen(thread: ThreadInfo, shown: boolean): void {
    this.history.put(thread);
    if (!shown) return;
    if (this.state.value.threadId === null) adoptDraft(this, thread.id);
    this.#conversation.announce(thread.id);
  }

  #noteThread(thread: ThreadInfo): void {
    if (this.history.state.value.entries.some(({ id }) => id === thread.id)) this.history.put(thread);
  }

  #usable(): boolean {
    return this.options.value.api.url !== '';
  }

  #showHosted(): void {
    const what = this.options.value.api.hosted
      ? 'api.getClientSecret needs a hosted service'
      : 'api.url is missing';
    this.state.update((state) => ({ ...state, problem: { code: 'hosted', canRetry: false } }));
    this.report(
      new ChatKitFailure('hosted', `${what}: this element talks to your own server through api.url`),
    );
  }

  #endpoint(): { url: string; fetch: SessionPorts['fetch']; locale: string } {
    const { api, locale } = this.options.value;
    return {
      url: api.url,
      fetch: api.fetch ?? this.ports.fetch,
      locale: languageTag(locale ?? this.ports.language),
    };
  }
}
