import type { BrowserContext } from 'playwright-core';
import { TestBrowser } from '../auth/support/browser.js';

/** Signs somebody in as the portal's pages do, without showing them, and without the browser. */
export async function signIn(context: BrowserContext, url: string, account: string): Promise<void> {
  const visitor = new TestBrowser();
  const end = await visitor.signIn(url, account, '/favicon.svg');
  if (end !== `${url}/favicon.svg`) throw new Error(`${account} cannot sign in: ${end}`);
  await context.addCookies(
    [...visitor.cookies].map(([name, value]) => ({ name, value, url, httpOnly: true })),
  );
}
