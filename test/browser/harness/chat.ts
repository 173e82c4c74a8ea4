import type { CDPSession, Clock, Locator, Page, Request } from 'playwright-core';
import type { ChatKitOptions, FileUploadStrategy } from '@openai/chatkit';
import { axeViolations, type Complaints } from '../browser.js';
import type { Profile } from '../profile.js';
import { Recorder, type RecordedRequest } from './recorder.js';

/** A fetch of the page: the window's own function, or one that adds a header of this value. */
interface PageFetch {
  readonly fetchOfPage: string;
}

/** What stands in the place of the harness's own values; undefined takes them away. */
interface HarnessApi {
  readonly url?: string | undefined;
  readonly domainKey?: string | undefined;
  readonly fetch?: PageFetch | undefined;
  readonly uploadStrategy?: FileUploadStrategy;
  readonly getClientSecret?: () => Promise<string>;
}

/** Options of the element. Functions run in the test. */
export type HarnessOptions = Partial<Omit<ChatKitOptions, 'api'>> & { readonly api?: HarnessApi };

/** Events of a scripted response; undefined leaves the request to the real server. */
export type Script = (request: RecordedRequest['body']) => readonly unknown[] | undefined;

type MethodName =
  | 'sendUserMessage'
  | 'setComposerValue'
  | 'setThreadId'
  | 'focusComposer'
  | 'fetchUpdates'
  | 'sendCustomAction'
  | 'showHistory'
  | 'hideHistory';

/** One page with one chat: what it did, and what can be done with it. */
export class Chat {
  readonly page: Page;
  readonly #recorder = new Recorder();
  readonly #sent: Request[] = [];
  readonly #endings: (() => Promise<void>)[] = [];

  private constructor(private readonly profile: Profile) {
    this.page = profile.page;
  }

  /** The page at that address, with no chat in it yet. */
  static async at(url: string, profile: Profile): Promise<Chat> {
    const chat = new Chat(profile);
    await profile.visit(url, chat.#recorder);
    chat.page.on('request', (request) => chat.#sent.push(request));
    return chat;
  }

  get complaints(): Complaints {
    return this.profile.complaints;
  }

  /** The page's clock. What is done to it lasts, so no other test gets this page. */
  get clock(): Clock {
    this.profile.keep();
    return this.page.clock;
  }

  /** The browser's developer tools for this page, which no other test gets. */
  devtools(): Promise<CDPSession> {
    this.profile.keep();
    return this.page.context().newCDPSession(this.page);
  }

  /** Has something done when the chat is left. */
  atEnd(ending: () => Promise<void>): void {
    this.#endings.push(ending);
  }

  /** The text field. */
  get input(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Requests with that type so far, oldest first. */
  requests(type: string): readonly RecordedRequest['body'][] {
    return this.#recorder.requests.map(({ body }) => body).filter((body) => body?.type === type);
  }

  /** Everything that went through the page's fetch so far, oldest first. */
  get sent(): readonly RecordedRequest[] {
    return this.#recorder.requests;
  }

  /** The latest request of that type, as soon as there is one. */
  async request(type: string, count = 1): Promise<NonNullable<RecordedRequest['body']>> {
    await this.until(() => this.requests(type).length >= count);
    const found = this.requests(type).at(-1);
    if (!found) throw new Error(`no request of type ${type}`);
    return found;
  }

  /** Resolves when the requests of that type so far, of which there is at least one, have their answers. */
  async answered(type: string): Promise<void> {
    await this.request(type);
    const sent = (): Request[] =>
      this.#sent.filter((request) => request.postData()?.includes(JSON.stringify(type)) === true);
    while (sent().length < this.requests(type).length) await this.page.waitForEvent('request');
    await Promise.all(sent().map(async (request) => (await request.response())?.finished()));
  }

  /** Details of the events with that name so far, such as `onToolChange`. */
  events(name: string): readonly unknown[] {
    return this.#recorder.events.filter(([other]) => other === name).map(([, detail]) => detail);
  }

  /** Arguments of the calls of an option's function so far, such as `entities.onClick`. */
  calls(path: string): readonly (readonly unknown[])[] {
    return this.#recorder.calls.filter(([other]) => other === path).map(([, args]) => args);
  }

  /** Resolves when the condition holds after something was recorded. */
  until(holds: () => boolean): Promise<void> {
    return this.#recorder.until(holds);
  }

  /** Resolves when the expression holds in the page, which may not evaluate anything itself. */
  async holds(expression: string): Promise<void> {
    await this.page.evaluate(`new Promise((resolve) => {
      const look = () => ((${expression}) ? resolve() : requestAnimationFrame(look));
      look();
    })`);
  }

  /** Calls a method of the element, as the page does through the wrapper. */
  async call(name: MethodName, ...args: readonly unknown[]): Promise<void> {
    await this.page.evaluate(`harness.call(${JSON.stringify(name)}, ${JSON.stringify(args)})`);
  }

  async setOptions(options: HarnessOptions): Promise<void> {
    const sendable = this.#recorder.sendable(options);
    await this.page.evaluate(`harness.setOptions(${JSON.stringify(sendable)})`);
  }

  /** Answers chat requests from here on; those it gives nothing for go to the server. */
  async script(script: Script): Promise<void> {
    await this.page.route('**/chatkit', async (route) => {
      const events = script(route.request().postDataJSON() as RecordedRequest['body']);
      if (!events) {
        await route.fallback();
        return;
      }
      const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
      await route.fulfill({ contentType: 'text/event-stream', body });
    });
  }

  /** Writes and sends a message, and waits for its answer. */
  async ask(text: string): Promise<void> {
    const before = this.events('onResponseEnd').length;
    await this.input.fill(text);
    await this.input.press('Enter');
    await this.until(() => this.events('onResponseEnd').length > before);
  }

  /** Loads the page anew, with other options. */
  async reload(options: HarnessOptions): Promise<void> {
    await this.page.reload();
    await this.start(options);
  }

  /** The id of the thread that the page was told of last. */
  get threadId(): string | null {
    const told = this.events('onThreadChange').at(-1) as { threadId: string | null } | undefined;
    return told?.threadId ?? null;
  }

  /** Leaves it to other tests, which a test need not do: it leaves its chats at its end. */
  async leave(): Promise<void> {
    for (const end of this.#endings.splice(0)) await end();
    await this.profile.giveBack();
  }

  /** What axe, by these rules or all, and the browser object to; a test expects nothing. */
  async objections(rules?: readonly string[]): Promise<readonly string[]> {
    return [...(await axeViolations(this.page, rules)), ...this.complaints.all];
  }

  async start(options: HarnessOptions): Promise<void> {
    const ready = this.events('onReady').length;
    const sendable = this.#recorder.sendable(options);
    await this.page.evaluate(`harness.start(${JSON.stringify(sendable)})`);
    await this.until(() => this.events('onReady').length > ready);
  }
}
