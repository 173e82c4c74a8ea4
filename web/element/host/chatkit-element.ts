import { signal } from '@preact/signals';
import type { ChatKitOptions, OpenAIChatKit } from '@openai/chatkit';
import { MethodQueue } from '../session/method-queue.js';
import { Session } from '../session/session.js';
import { createStyles } from '../styles/sheet.js';
import { mount } from './mount.js';
import type { Mounted } from './mount.js';
import { afterPaint, randomId, wait } from './page.js';
import { microphone } from './recorder.js';

type Methods = Omit<OpenAIChatKit, keyof HTMLElement>;

/** Events kept for a first listener. */
const MAX_EARLY = 100;

// Where there is no page the class is only defined, never used.
const Base = typeof HTMLElement === 'undefined' ? (class {} as typeof HTMLElement) : HTMLElement;

/** The `<openai-chatkit>` element: options and methods in, events out; everything else is the session's. */
export class ChatKitElement extends Base implements Methods {
  static readonly observedAttributes = ['heading-level'];

  readonly #root: ShadowRoot;
  readonly #queue = new MethodQueue();
  readonly #headingLevel = signal(2);
  #early: CustomEvent[] = [];
  #session: Session | undefined;
  #mounted: Mounted | undefined;
  #painted = false;
  #heard = false;
  /** Whether events go out; those that come earlier wait. */
  #telling = false;
  #visit = 0;

  constructor() {
    super();
    // One that stood in the page before its script came may have its listeners already.
    this.#heard = this.isConnected;
    this.#root = this.attachShadow({ mode: 'open', delegatesFocus: false });
    this.#root.adoptedStyleSheets = [createStyles()];
  }

  connectedCallback(): void {
    this.#start();
  }

  disconnectedCallback(): void {
    // A node that is only moved within the page is back before this runs.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  attributeChangedCallback(_: string, __: string | null, value: string | null): void {
    const level = Number(value);
    this.#headingLevel.value = Number.isInteger(level) && level >= 1 && level <= 4 ? level : 2;
  }

  override addEventListener(...args: Parameters<HTMLElement['addEventListener']>): void {
    super.addEventListener(...args);
    if (this.#heard || !args[0].startsWith('chatkit.')) return;
    this.#heard = true;
    // The wrapper's other listeners come in the same task.
    queueMicrotask(() => this.#tell());
  }

  setOptions(options: ChatKitOptions): void {
    if (this.#session) this.#session.setOptions(options);
    else this.#session = this.#createSession(options);
    this.#start();
  }

  async focusComposer(): Promise<void> {
    await this.#call(async () => this.#focus());
  }

  async setThreadId(threadId: string | null): Promise<void> {
    await this.#call((session) => session.setThreadId(threadId));
  }

  async sendUserMessage(params: Parameters<OpenAIChatKit['sendUserMessage']>[0]): Promise<void> {
    await this.#call((session) => session.sendUserMessage(params));
  }

  async setComposerValue(params: Parameters<OpenAIChatKit['setComposerValue']>[0]): Promise<void> {
    await this.#call(async (session) => session.setComposerValue(params));
  }

  async sendCustomAction(
    action: { type: string; payload?: Record<string, unknown> },
    itemId?: string,
  ): Promise<void> {
    await this.#call((session) => session.sendCustomAction(action, itemId));
  }

  async fetchUpdates(): Promise<void> {
    await this.#call((session) => session.fetchUpdates());
  }

  async showHistory(): Promise<void> {
    await this.#call(async (session) => session.showHistory(true));
  }

  async hideHistory(): Promise<void> {
    await this.#call(async (session) => session.showHistory(false));
  }

  #call<T>(run: (session: Session) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      if (!this.#session) throw new Error('setOptions has not been called yet');
      return run(this.#session);
    });
  }

  #createSession(options: ChatKitOptions): Session {
    return new Session(
      {
        emit: (name, detail) => this.#emit(name, detail),
        fetch: (url, init) => window.fetch(url, init),
        language: navigator.language || 'en',
        instanceId: randomId(),
        record: microphone(),
        focusComposer: () => this.#focus(),
        wait,
      },
      options,
    );
  }

  #start(): void {
    if (!this.#session || !this.isConnected || this.#mounted) return;
    this.#mounted = mount(this.#root, this.#session, this.#headingLevel);
    this.#session.start();
    this.#visit += 1;
    const visit = this.#visit;
    afterPaint(() => {
      if (visit === this.#visit && this.#mounted) this.#becomeReady();
    });
  }

  #stop(): void {
    if (!this.#mounted) return;
    this.#session?.stop();
    this.#mounted.unmount();
    this.#mounted = undefined;
    this.#painted = false;
    this.#telling = false;
    this.#queue.close();
  }

  #becomeReady(): void {
    this.#painted = true;
    this.#tell();
    this.#queue.open();
  }

  /** The wrapper's listeners come in a later effect than its options: nothing is said before somebody listens. */
  #tell(): void {
    if (!this.#painted || !this.#heard || this.#telling) return;
    this.#telling = true;
    this.dispatchEvent(new CustomEvent('chatkit.ready'));
    for (const event of this.#early.splice(0)) this.dispatchEvent(event);
  }

  #emit(name: string, detail: unknown): void {
    const event = new CustomEvent(name, detail === undefined ? {} : { detail });
    if (this.#telling) this.dispatchEvent(event);
    else if (this.#early.length < MAX_EARLY) this.#early.push(event);
  }

  #focus(): void {
    this.#mounted?.flush();
    this.#root.querySelector<HTMLElement>('.input')?.focus();
  }
}
