import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import axe from 'axe-core';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';

const LONGEST_WAIT = 60_000;

/** How the complaint about such a request begins. */
export const FOREIGN = 'request to another origin';

/** Runs in the page, before anything else. */
const SAY_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));`;

/** No page asks for it. */
const NOWHERE = 'https://nowhere.invalid/';

/** Where Node tells of each connection that this process makes. */
const SOCKETS = 'net.client.socket';

let connection: Promise<Browser> | undefined;

/** The browser of the run, to which all the specs of a worker have one connection. */
export function launchBrowser(): Promise<Browser> {
  connection ??= connect();
  return connection;
}

async function connect(): Promise<Browser> {
  const address = process.env['TEST_BROWSER'];
  if (address === undefined) throw new Error('The global set-up has not started a browser');
  // it is there until the worker ends, which it must not keep from ending
  subscribe(SOCKETS, release);
  try {
    return await playwright.connect(address);
  } finally {
    unsubscribe(SOCKETS, release);
  }
}

function release(message: unknown): void {
  (message as { readonly socket: Socket }).socket.unref();
}

/** What a page must not do: errors in the console, failed scripts, reports of its content security policy. */
export interface Complaints {
  readonly all: string[];
}

/** A page that remembers what went wrong in it. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: Complaints }> {
  const page = await preparedPage(context);
  return { page, complaints: complaintsOf(page) };
}

/** A page that says what its policy forbids, and whose requests a test can answer at any time. */
export async function preparedPage(context: BrowserContext): Promise<Page> {
  // A page that asks at the moment when its requests begin to be intercepted may still reach the server.
  await context.route(NOWHERE, (route) => route.abort());
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_WAIT);
  await page.addInitScript({ content: SAY_VIOLATIONS });
  return page;
}

/** What goes wrong in the page from here on. */
export function complaintsOf(page: Page): Complaints {
  const all: string[] = [];
  page.on('pageerror', (error) => all.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') all.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const foreign = protocol.startsWith('http') && hostname !== 'localhost';
    if (foreign) all.push(`${FOREIGN}: ${request.url()}`);
  });
  return { all };
}

/**
 * Resolves when no colour or size is on its way to another, which would be measured half-way. What moves for ever
 * is held in its middle, where it is palest.
 */
const AT_REST = `(async () => {
  const roots = () => [document, ...[...document.querySelectorAll('openai-chatkit')].map((chat) => chat.shadowRoot)];
  const moving = () =>
    roots()
      .flatMap((root) => root?.getAnimations() ?? [])
      .filter(({ playState }) => playState === 'running');
  // what ends may begin another
  for (let all = moving(); all.length > 0; all = moving())
    await Promise.all(
      all.map((animation) => {
        const { duration, iterations } = animation.effect.getTiming();
        if (iterations !== Infinity) return animation.finished.catch(() => undefined);
        animation.pause();
        animation.currentTime = duration / 2;
      }),
    );
})()`;

/**
 * What the accessibility checker objects to, inside the chat's shadow root too.
 *
 * @param rules the only ones to go by
 */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(AT_REST);
  // half a megabyte, which the page may have from before
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source);
  // what passes is not looked into: there is far more of it
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const run = `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`;
  const violations = await page.evaluate<axe.Result[]>(run);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(' ')})`),
  );
}
