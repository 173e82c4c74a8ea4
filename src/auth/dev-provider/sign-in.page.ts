import { DEV_PROVIDER_PATH } from '../auth.options.js';
import { escapeHtml, pageHtml } from '../http/page.js';
import { DEV_PASSWORD } from './directory.js';
import type { Organisation } from './directory.js';

function organisation({ id, name, members }: Organisation): string {
  const buttons = members.map(
    (member) =>
      `<button name="account" value="${escapeHtml(member.id)}"><strong>${escapeHtml(member.name)}</strong> ` +
      `<span>${escapeHtml(member.roles[0] ?? '')} · ${escapeHtml(member.email)}</span></button>`,
  );
  const heading = `heading-${escapeHtml(id)}`;
  return `<section aria-labelledby="${heading}"><h2 id="${heading}">${escapeHtml(name)}</h2>${buttons.join('')}</section>`;
}

/** The page that asks who to sign in as. */
export function signInPage(organisations: readonly Organisation[], uid: string, problem?: string): string {
  const alert = problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`;
  return pageHtml({
    title: 'Sign in',
    stylesheet: `${DEV_PROVIDER_PATH}/sign-in.css`,
    body:
      `<main><h1>Sign in</h1><p>Development provider: choose who to be. Everybody's password is ` +
      `<code>${DEV_PASSWORD}</code>.</p>${alert}` +
      `<form method="post" action="${DEV_PROVIDER_PATH}/interaction/${escapeHtml(uid)}">` +
      `<label for="password">Password</label><input id="password" name="password" type="password" ` +
      `value="${DEV_PASSWORD}" autocomplete="off" required>` +
      `${organisations.map(organisation).join('')}</form></main>`,
  });
}

/** Its stylesheet, and that of the provider's error page. */
export const SIGN_IN_CSS = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f3f4f6, #14161a); color: light-dark(#1b1d21, #eceef2); }
main { max-width: 26rem; margin: 8vh auto; padding: 2rem; border-radius: 1rem;
  background: light-dark(#fff, #1e2127); box-shadow: 0 1px 3px rgb(0 0 0 / 20%); }
h1 { margin: 0 0 .5rem; font-size: 1.4rem; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
label { display: block; margin-top: 1rem; font-size: .9rem; }
input, button { box-sizing: border-box; width: 100%; padding: .6rem .8rem; font: inherit; color: inherit;
  border: 1px solid light-dark(#8a8f98, #737985); border-radius: .5rem; background: transparent; }
button { display: flex; flex-direction: column; margin-top: .5rem; text-align: left; cursor: pointer; }
button:hover { background: light-dark(#eef2ff, #272c38); }
button span { font-size: .85rem; color: light-dark(#555b66, #b3b9c4); }
:focus-visible { outline: 3px solid light-dark(#2456d6, #8fb0ff); outline-offset: 2px; }
.problem { padding: .5rem .8rem; border-radius: .5rem; background: light-dark(#fde8e8, #4a1f22); }
`;
