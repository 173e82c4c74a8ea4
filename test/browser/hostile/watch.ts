import type { Chat } from '../harness/harness.js';

const ELEMENTS = (
  'section header div span p a button h1 h2 h3 h4 h5 h6 ul ol li dl dt dd em strong del code pre blockquote table ' +
  'thead tbody tr th td hr br img svg path details summary small form fieldset legend label input textarea select ' +
  'option progress dialog figure ' +
  'math semantics annotation mrow mi mo mn mtext mstyle mspace mpadded msup msub merror'
).split(' ');
const LINKS = ['http:', 'https:', 'mailto:', 'tel:'];

/** Runs in the page: what in the chat could run or load something, and what has. */
const FINDINGS = `(() => {
  const found = [];
  if (window.hacked !== undefined) found.push('something ran');
  if (({}).polluted !== undefined) found.push('every object was changed');
  const root = document.querySelector('openai-chatkit').shadowRoot;
  for (const element of root.querySelectorAll('*')) {
    if (!${JSON.stringify(ELEMENTS)}.includes(element.localName)) found.push('element ' + element.localName);
    for (const { name, value } of element.attributes) {
      if (/^on|^(srcdoc|srcset|action|formaction|xlink:href|background|poster|data)$/i.test(name)) found.push(name);
      if (name === 'style' && /url\\(|expression|image-set|@import/i.test(value)) found.push('style ' + value);
      if (name === 'href' && value !== '#' && !${JSON.stringify(LINKS)}.includes(new URL(value, location).protocol))
        found.push('link ' + value);
      if (name === 'src' && !/^(data:image\\/(png|jpe?g|gif|webp|avif)[;,]|blob:)/i.test(value)
        && new URL(value, location).origin !== location.origin) found.push('source ' + value);
    }
  }
  if (localStorage.length + sessionStorage.length > 0) found.push('storage');
  return found;
})()`;

/** What went wrong in the chat: nothing, as a test expects. An image of our own that is not there does no harm. */
export async function findings(chat: Chat): Promise<readonly string[]> {
  const found = await chat.page.evaluate<string[]>(FINDINGS);
  const cookies = await chat.page.context().cookies();
  const readable = cookies.filter(({ httpOnly }) => !httpOnly).map(({ name }) => `cookie ${name}`);
  const complaints = chat.complaints.all.filter(
    (complaint) => !complaint.includes('Failed to load resource'),
  );
  return [...found, ...readable, ...complaints];
}
