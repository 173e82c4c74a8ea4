import type { BrowserContext } from 'playwright-core';
import { DEV_PASSWORD } from '../../src/auth/dev-provider/directory.js';

/** Signs somebody in as the portal's pages do, without showing them. */
export async function signIn({ request }: BrowserContext, url: string, account: string): Promise<void> {
  const question = await request.get(`${url}/auth/login?return_to=/`);
  const form = { account, password: DEV_PASSWORD };
  const answer = await request.post(question.url(), { form });
  if (!answer.ok()) throw new Error(`${account} cannot sign in: ${answer.status()} at ${answer.url()}`);
}
