import { escapeHtml, pageHeaders, pageHtml } from '../http/page.js';
import { DEV_PASSWORD } from './directory.js';
import type { SignInPaths } from '../session/sign-in-paths.js';
import { SIGN_IN_CSS, signInPage } from './sign-in.page.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { PublicRoutes } from '../http/public-routes.js';
import type { Directory } from './directory.js';

const MAX_FORM_BYTES = 4096;
const DAY_SECONDS = 24 * 60 * 60;

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) return new URLSearchParams();
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** The provider's own pages: who to sign in as, the answer to that, and the stylesheet. */
export class Interactions {
  constructor(
    private readonly provider: Provider,
    private readonly directory: Directory,
    private readonly routes: PublicRoutes,
    private readonly paths: SignInPaths,
  ) {}

  /** Answers a request to one of these pages; false leaves it to the provider. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (path === '/sign-in.css') {
      response.writeHead(200, {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': `max-age=${DAY_SECONDS}`,
        'X-Content-Type-Options': 'nosniff',
      });
      response.end(SIGN_IN_CSS);
      return true;
    }
    if (!/^\/interaction\/[\w-]+$/.test(path)) return false;
    const interaction = await this.provider.interactionDetails(request, response).catch(() => undefined);
    if (interaction === undefined) this.expired(response);
    else if (request.method === 'POST') await this.submit(request, response, interaction);
    else this.page(response, 200, this.signIn(interaction), interaction);
    return true;
  }

  private async submit(
    request: IncomingMessage,
    response: ServerResponse,
    interaction: Interaction,
  ): Promise<void> {
    const form = await formOf(request);
    const account = form.get('account') ?? '';
    if (form.get('password') !== DEV_PASSWORD || this.directory.find(account) === undefined) {
      this.page(response, 401, this.signIn(interaction, 'That is not the password.'), interaction);
      return;
    }
    await this.leaveOtherAccount(interaction, account);
    await this.provider.interactionFinished(request, response, { login: { accountId: account } });
  }

  /** Somebody else was signed in with this browser: their session ends, so that the choice stands. */
  private async leaveOtherAccount(interaction: Interaction, account: string): Promise<void> {
    if (interaction.session === undefined || interaction.session.accountId === account) return;
    const session = await this.provider.Session.findByUid(interaction.session.uid);
    await session?.destroy();
    interaction.session = undefined;
    await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
  }

  private signIn({ uid }: Interaction, problem?: string): string {
    return signInPage(this.directory.organisations, uid, problem);
  }

  private expired(response: ServerResponse): void {
    const title = 'This sign-in has expired';
    const login = escapeHtml(this.routes.path(this.paths.login));
    const body = `<main><h1>${escapeHtml(title)}</h1><p><a href="${login}">Start again</a></p></main>`;
    this.page(response, 400, pageHtml({ title, body }));
  }

  /** The answer to the form of an interaction leads on to the application that asked for the sign-in. */
  private page(response: ServerResponse, status: number, html: string, interaction?: Interaction): void {
    const returnTo = URL.parse(String(interaction?.params['redirect_uri']));
    response.writeHead(status, pageHeaders(returnTo?.origin));
    response.end(html);
  }
}
