import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { launchBrowser, openPage } from './browser.js';
import { composerOf, type Member } from './member.js';
import { sharedPortal, startPortal, type OwnPortal, type PortalOptions } from './portal-app.js';
import { signIn } from './sign-in.js';
import { freshColleague } from './stage/members.js';
import type { TestDatabase } from '../support/database.js';

const VIEWPORT = { width: 1360, height: 850 };

/**
 * The portal in the browser of the run, for the tests around this call: each test has its members for itself, in the
 * organisations that the portal has pages of, and everybody leaves at its end.
 */
export function usePortal(): Portal {
  return used(new Portal(() => sharedPortal(), freshColleague));
}

/**
 * An application of the spec's own, on a database of its own, with the example members.
 *
 * @param prepare gives what is otherwise there than in the application that all specs share
 */
export function useOwnPortal(prepare: () => Promise<PortalOptions> = async () => ({})): PortalOfSpec {
  return used(new PortalOfSpec(async () => startPortal(await prepare()), String));
}

function used<Used extends Portal>(portal: Used): Used {
  beforeAll(() => portal.start());
  afterEach(() => portal.everybodyLeaves());
  afterAll(() => portal.close());
  return portal;
}

type Application = Pick<OwnPortal, 'url' | 'close'>;

export class Portal<App extends Application = Application> {
  readonly #contexts: BrowserContext[] = [];
  #app: App | undefined;

  constructor(
    private readonly open: () => Promise<App>,
    private readonly nameOf: (account: string) => string,
  ) {}

  get url(): string {
    return this.app.url;
  }

  /** A browser of its own for the account, signed in and with the chat beside the page. */
  async member(account: string, options: BrowserContextOptions = {}): Promise<Member> {
    const visitor = await this.signedIn(account, options);
    await composerOf(visitor.page).waitFor();
    return visitor;
  }

  /** A browser of its own for the account, signed in, at the portal's first page. */
  async signedIn(account: string, options: BrowserContextOptions = {}): Promise<Member> {
    const visitor = await this.visitor(options);
    await signIn(visitor.page.context(), this.url, this.nameOf(account));
    await visitor.page.goto(this.url);
    return visitor;
  }

  /** A browser of its own, with nobody signed in and no page yet. */
  async visitor(options: BrowserContextOptions = {}): Promise<Member> {
    const browser = await launchBrowser();
    const context = await browser.newContext({ viewport: VIEWPORT, ...options });
    this.#contexts.push(context);
    return openPage(context);
  }

  async start(): Promise<void> {
    this.#app = await this.open();
  }

  async everybodyLeaves(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.#app?.close();
  }

  protected get app(): App {
    if (this.#app === undefined) throw new Error('The portal has not been started');
    return this.#app;
  }
}

export class PortalOfSpec extends Portal<OwnPortal> {
  get database(): TestDatabase {
    return this.app.database;
  }
}
