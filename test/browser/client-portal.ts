import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchBrowser, openPage, type Complaints } from './browser.js';
import { buildHarness, type ReactCopy } from './harness/build.js';
import { sharedPortal } from './portal-app.js';

/** A page as a team would write it with the React library, served by the real application, for the tests around this. */
export function useClientPortal(react?: ReactCopy): ClientPortal {
  const portal = new ClientPortal(react);
  beforeAll(() => portal.start());
  afterEach(() => portal.everybodyLeaves());
  return portal;
}

export class ClientPortal {
  readonly #contexts: BrowserContext[] = [];
  url = '';

  constructor(private readonly react: ReactCopy | undefined) {}

  async start(): Promise<void> {
    const page = { page: 'test/browser/client-page', sources: ['web/client'] };
    this.url = (await sharedPortal(await buildHarness({ ...page, react: this.react }))).url;
  }

  async visit(options: BrowserContextOptions = {}): Promise<ClientVisit> {
    const viewport = { width: 1000, height: 800 };
    const context = await (await launchBrowser()).newContext({ viewport, ...options });
    this.#contexts.push(context);
    const { page, complaints } = await openPage(context);
    return new ClientVisit(this.url, page, complaints);
  }

  async everybodyLeaves(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }
}

/** Somebody at that page. */
export class ClientVisit {
  readonly panel: Locator;
  readonly opener: Locator;
  readonly composer: Locator;
  /** The button beside a selection. */
  readonly asker: Locator;

  constructor(
    private readonly url: string,
    readonly page: Page,
    readonly complaints: Complaints,
  ) {
    this.panel = page.getByRole('complementary', { name: 'Chat' });
    this.opener = page.getByRole('button', { name: 'Open the chat' });
    this.composer = page.getByRole('textbox', { name: 'Message' });
    this.asker = page.getByRole('button', { name: 'Ask about this' });
  }

  async signIn(path = '/'): Promise<void> {
    await this.page.goto(`${this.url}/auth/login?return_to=${encodeURIComponent(path)}`);
    await this.chooseAccount();
  }

  /** On the identity provider's page. */
  async chooseAccount(): Promise<void> {
    await this.page.locator('button[name="account"][value="user_ada"]').click();
    await this.opener.waitFor();
  }

  async ask(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Selects a paragraph as a mouse does: the pointer goes down, and up again. */
  async select(id: string): Promise<void> {
    await this.page.locator(`#${id}`).click({ clickCount: 3 });
  }
}
