/** As much of a browser as a sign-in needs: keeps cookies of one host and follows redirects one by one. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  /** Every `Set-Cookie` line received. */
  readonly setCookies: string[] = [];

  async send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    if (!headers.has('accept')) headers.set('accept', 'text/html');
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  /** Follows redirects until there is a page, and says where that is. */
  async follow(url: string, init: RequestInit = {}): Promise<{ url: string; response: Response }> {
    let location = url;
    let response = await this.send(location, init);
    for (let hops = 0; hops < 10 && response.status >= 300 && response.status < 400; hops += 1) {
      await response.body?.cancel();
      location = new URL(response.headers.get('location') ?? '', location).href;
      response = await this.send(location);
    }
    return { url: location, response };
  }

  /** Signs in at the development provider and gives the address the browser ends up at. */
  async signIn(origin: string, account: string, returnTo = '/probe'): Promise<string> {
    const page = await this.follow(
      `${origin}/auth/login?${new URLSearchParams({ return_to: returnTo }).toString()}`,
    );
    const html = await page.response.text();
    const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
    const password = /name="password"[^>]* value="([^"]+)"/.exec(html)?.[1];
    if (action === undefined || password === undefined) throw new Error(`no sign-in form in ${html}`);
    const { url, response } = await this.follow(new URL(action, page.url).href, {
      method: 'POST',
      body: new URLSearchParams({ account, password }),
    });
    await response.body?.cancel();
    return url;
  }

  private keep(line: string): void {
    this.setCookies.push(line);
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) return;
    if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
