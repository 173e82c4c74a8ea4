import type { BrowserContext, Page, ViewportSize } from 'playwright-core';
import { complaintsOf, launchBrowser, preparedPage, type Complaints } from './browser.js';
import type { Recorder } from './harness/recorder.js';

/** What a test may listen to. */
const EVENTS = [
  'console',
  'dialog',
  'download',
  'filechooser',
  'framenavigated',
  'pageerror',
  'popup',
  'request',
  'requestfailed',
  'requestfinished',
  'response',
] as const;

const NO_MEDIA = { media: null, colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null };
const FORGET = 'window.stop(); localStorage.clear(); sessionStorage.clear();';

/**
 * A browser profile with one page, which goes from test to test: most of what a chat costs is the process that a new
 * page takes. What a test did to it is undone before the next one gets it; what cannot be undone ends it.
 */
export class Profile {
  static readonly #idle: Profile[] = [];
  #complaints: Complaints = { all: [] };
  #recorder: Recorder | undefined;
  #taken = true;
  #kept = false;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** @param initScript runs in the page before anything else */
  static async take(viewport: ViewportSize, initScript?: string): Promise<Profile> {
    const idle = initScript === undefined ? Profile.#idle.pop() : undefined;
    if (idle) {
      idle.#taken = true;
      await idle.page.setViewportSize(viewport);
      return idle;
    }
    const context = await (await launchBrowser()).newContext({ viewport });
    const profile = new Profile(context, await preparedPage(context));
    await profile.#connect();
    if (initScript !== undefined) {
      await profile.page.addInitScript({ content: initScript });
      profile.keep();
    }
    return profile;
  }

  /** What went wrong in the page since it was visited. */
  get complaints(): Complaints {
    return this.#complaints;
  }

  /** Loads a page, which tells this recorder from here on what it does. */
  async visit(url: string, recorder: Recorder): Promise<void> {
    // what the page before still said has come by then
    this.page.once('framenavigated', () => {
      this.#complaints = complaintsOf(this.page);
      this.#recorder = recorder;
    });
    await this.page.goto(url);
  }

  /** Keeps the profile from other tests. */
  keep(): void {
    this.#kept = true;
  }

  async giveBack(): Promise<void> {
    if (!this.#taken) return;
    this.#taken = false;
    this.#recorder = undefined;
    const clean = !this.#kept && (await this.#clean().catch(() => false));
    if (clean) Profile.#idle.push(this);
    else await this.context.close();
  }

  async #connect(): Promise<void> {
    await this.page.exposeFunction('tellTest', (kind: 'event' | 'request', value: unknown) =>
      this.#recorder?.note(kind, value),
    );
    await this.page.exposeFunction('callTest', (path: string, args: readonly unknown[]) =>
      this.#recorder?.call(path, args),
    );
  }

  /** Undoes what a test may have done; false where that is not enough. */
  async #clean(): Promise<boolean> {
    const { context, page } = this;
    if (context.pages().length > 1 || new URL(page.url()).hostname !== 'localhost') return false;
    for (const event of EVENTS) page.removeAllListeners(event);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await Promise.all([
      page.evaluate(FORGET),
      page.emulateMedia(NO_MEDIA),
      page.mouse.move(0, 0),
      context.clearCookies(),
      context.clearPermissions(),
    ]);
    return true;
  }
}
