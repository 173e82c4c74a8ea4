import { FOREIGN } from '../browser.js';
import { sharedPortal, startPortal, type PortalApp, type PortalOptions } from '../portal-app.js';
import { Profile } from '../profile.js';
import { signIn } from '../sign-in.js';
import { freshMember } from '../stage/members.js';
import { buildHarness, type ReactCopy } from './build.js';
import { Chat, type HarnessOptions } from './chat.js';

export type { Chat, HarnessOptions, Script } from './chat.js';

export interface HarnessSettings {
  /** Another copy of React to build the page with. */
  readonly react?: ReactCopy | undefined;
  /** What the browser talks to instead of the port of an application, which is then the spec's own. */
  readonly front?: PortalOptions['front'];
  /** What answers in that application. Default: the offline model. */
  readonly model?: PortalOptions['model'];
  /** Variables of that application's environment. */
  readonly env?: PortalOptions['env'];
}

export interface OpenOptions {
  readonly account?: string;
  readonly width?: number;
  readonly height?: number;
  /** Runs in the page before anything else. */
  readonly initScript?: string;
}

/**
 * The unmodified React wrapper in a real browser, on the real application under its strict policy, for the tests
 * around this call. Each test has a member and an organisation of its own, and its chats are left at its end; what is
 * opened before several tests is theirs together.
 */
export function useHarness(settings: HarnessSettings = {}): Harness {
  const harness = new Harness(settings);
  beforeAll(() => harness.start());
  beforeEach(() => harness.beginTest());
  afterEach(() => harness.endTest());
  afterAll(() => harness.close());
  return harness;
}

export class Harness {
  readonly #foreign: string[] = [];
  readonly #open = new Set<Chat>();
  /** Those that were opened before the running test. */
  #shared = new Set<Chat>();
  #portal: PortalApp | undefined;

  constructor(private readonly settings: HarnessSettings) {}

  /** Requests that any chat which was left has sent to another origin; a test expects none. */
  get foreignRequests(): readonly string[] {
    return this.#foreign;
  }

  /** A chat with these options in a browser profile of its own, ready for use. */
  async open(options: HarnessOptions = {}, settings: OpenOptions = {}): Promise<Chat> {
    if (this.#portal === undefined) throw new Error('The harness has not been started');
    const { account = 'user_ada', width = 900, height = 700, initScript } = settings;
    const profile = await Profile.take({ width, height }, initScript);
    await signIn(profile.context, this.#portal.url, freshMember(account));
    const chat = await Chat.at(`${this.#portal.url}/`, profile);
    this.#open.add(chat);
    chat.atEnd(async () => {
      this.#open.delete(chat);
      this.#foreign.push(...chat.complaints.all.filter((text) => text.startsWith(FOREIGN)));
    });
    await chat.start(options);
    return chat;
  }

  async start(): Promise<void> {
    const { react, front, model, env } = this.settings;
    const webDirectory = await buildHarness({ react });
    this.#portal = await (front
      ? startPortal({ webDirectory, front, ...(model && { model }), ...(env && { env }) })
      : sharedPortal(webDirectory));
  }

  beginTest(): void {
    this.#shared = new Set(this.#open);
  }

  async endTest(): Promise<void> {
    await Promise.all([...this.#open].filter((chat) => !this.#shared.has(chat)).map((chat) => chat.leave()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((chat) => chat.leave()));
    await this.#portal?.close();
  }
}
