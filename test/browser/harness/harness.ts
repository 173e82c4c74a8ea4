import type { Browser, Locator, Page, Request } from 'playwright-core';
import type { ChatKitOptions, FileUploadStrategy } from '@openai/chatkit';
import { FOREIGN, axeViolations, launchBrowser, openPage, type Complaints } from '../browser.js';
import { sharedPortal, startPortal, type PortalApp, type PortalOptions } from '../portal-app.js';
import { signIn } from '../sign-in.js';
import { freshMember } from '../stage/members.js';
import { buildHarness, type ReactCopy } from './build.js';
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

export interface OpenOptions {
  readonly account?: string;
  readonly width?: number;
  readonly height?: number;
  /** Runs in the page before anything else. */
  readonly initScript?: string;
}

type MethodName =
  | 'sendUserMessage'
  | 'setComposerValue'
  | 'setThreadId'
  | 'focusComposer'
  | 'fetchUpdates'
  | 'sendCustomAction'
  | 'showHistory'
  | 'hideHistory';

/** The unmodified React wrapper in a real browser, on the real application under its strict policy. */
export class Harness {
  readonly #complaints: Complaints[] = [];

  private constructor(
    private readonly portal: PortalApp,
    private readonly browser: Browser,
  ) {}

  /**
   * @param react another copy of React to build the page with
   * @param front what the browser talks to instead of the application's port
   */
  static async start(react?: ReactCopy, front?: PortalOptions['front']): Promise<Harness> {
    const webDirectory = await buildHarness({ react });
    const portal = await (front ? startPortal({ webDirectory, front }) : sharedPortal(webDirectory));
    return new Harness(portal, await launchBrowser());
  }

  /** Requests that any of its chats has sent to another origin; a test expects none. */
  get foreignRequests(): readonly string[] {
    return this.#complaints.flatMap(({ all }) => all.filter((text) => text.startsWith(FOREIGN)));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.portal.close();
  }

  /** A chat with these options in a browser profile of its own, ready for use. */
  async open(options: HarnessOptions = {}, settings: OpenOptions = {}): Promise<Chat> {
    const { account = 'user_ada', width = 900, height = 700, initScript } = settings;
    const context = await this.browser.newContext({ viewport: { width, height } });
    const { page, complaints } = await openPage(context);
    this.#complaints.push(complaints);
    if (initScript !== undefined) await page.addInitScript({ content: initScript });
    const chat = new Chat(page, complaints);
    await chat.connect();
    await signIn(context, this.portal.url, freshMember(account));
    await page.goto(`${this.portal.url}/`);
    await chat.start(options);
    return chat;
  }
}

/** One page with one chat: what it did, and what can be done with it. */
export class Chat {
  readonly #recorder = new Recorder();
  readonly #sent: Request[] = [];

  constructor(
    readonly page: Page,
    readonly complaints: Complaints,
  ) {
    page.on('request', (request) => this.#sent.push(request));
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

  async leave(): Promise<void> {
    await this.page.context().close();
  }

  /** What axe, by these rules or all, and the browser object to; a test expects nothing. */
  async objections(rules?: readonly string[]): Promise<readonly string[]> {
    return [...(await axeViolations(this.page, rules)), ...this.complaints.all];
  }

  async connect(): Promise<void> {
    await this.page.exposeFunction('tellTest', (kind: 'event' | 'request', value: unknown) =>
      this.#recorder.note(kind, value),
    );
    await this.page.exposeFunction('callTest', (path: string, args: readonly unknown[]) =>
      this.#recorder.call(path, args),
    );
  }

  async start(options: HarnessOptions): Promise<void> {
    const ready = this.events('onReady').length;
    const sendable = this.#recorder.sendable(options);
    await this.page.evaluate(`harness.start(${JSON.stringify(sendable)})`);
    await this.until(() => this.events('onReady').length > ready);
  }
}
