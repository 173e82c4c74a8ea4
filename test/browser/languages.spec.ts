import { expect } from './expect.js';
import { answering } from './harness/answers.js';
import { answer, showing } from './harness/events.js';
import { useHarness, type Chat } from './harness/harness.js';

const harness = useHarness();

function region(chat: Chat) {
  return chat.page.getByRole('region', { name: 'Chat' });
}

/** The distance of a button from the left edge of the page. */
async function leftOf(chat: Chat, name: string): Promise<number> {
  const box = await chat.button(name).boundingBox();
  if (!box) throw new Error(`no button ${name}`);
  return box.x;
}

describe('The chat in a language', () => {
  it('says everything of its own in it, leaves the words of the page alone, and tells the server: French', async () => {
    const chat = await harness.open({ locale: 'fr', startScreen: { greeting: 'Welcome aboard' } });
    await chat.button('Historique des conversations').waitFor();
    await chat.button('Envoyer le message').waitFor();
    await chat.button('Nouvelle conversation').waitFor();
    await chat.page.getByRole('heading', { name: 'Welcome aboard' }).waitFor();
    await expect(region(chat)).toHaveAttribute('lang', 'fr');
    await expect(region(chat)).toHaveAttribute('dir', 'ltr');
    await chat.script(answering('| Salle |\n| --- |\n| Fougère |'));
    await chat.page.getByRole('textbox', { name: 'Message' }).fill('Bonjour');
    await chat.button('Envoyer le message').click();
    await chat.button('Copier la réponse').waitFor();
    await chat.log.getByRole('group', { name: 'Tableau' }).waitFor();
    const asked = chat.sent.find(({ body }) => body?.type === 'threads.create');
    expect(asked?.headers['Accept-Language']).toBe('fr');
    expect(await chat.objections()).toEqual([]);
  });

  it('is mirrored where the script is written from right to left: Arabic', async () => {
    const chat = await harness.open({ locale: 'ar' });
    await chat.button('سجل المحادثات').waitFor();
    await expect(region(chat)).toHaveAttribute('dir', 'rtl');
    await expect(region(chat)).toHaveAttribute('lang', 'ar');
    const distance = async () => (await leftOf(chat, 'سجل المحادثات')) - (await leftOf(chat, 'محادثة جديدة'));
    await expect.poll(distance).toBeGreaterThan(0);
    await chat.script(
      answering('أهلًا! See `npm start`.\n\n```ts\nconst seats = 12;\n```\n\n- واحد\n- اثنان'),
    );
    const field = chat.page.getByRole('textbox', { name: 'الرسالة' });
    await field.fill('مرحبا');
    await field.press('Enter');
    await chat.log.locator('.hl-keyword').waitFor();
    await chat.holds(
      "getComputedStyle(document.querySelector('openai-chatkit').shadowRoot.querySelector('.code pre')).direction === 'ltr'",
    );
    expect(await chat.objections()).toEqual([]);
    await chat.button('سجل المحادثات').click();
    await chat.page.getByRole('heading', { name: 'المحادثات' }).waitFor();
    expect(await chat.objections()).toEqual([]);
  });

  it('is English where there is no such language', async () => {
    const chat = await harness.open({ locale: 'xx' as 'fr' });
    await chat.button('Send message').waitFor();
    await expect(region(chat)).toHaveAttribute('lang', 'en');
  });

  it('changes at any time, and keeps draft, thread and what is being answered', async () => {
    const chat = await harness.open({ locale: 'de-AT' as 'de' });
    await chat.button('Nachricht senden').waitFor();
    await chat.script(showing(answer('They come and go')));
    const changed = Promise.withResolvers<void>();
    await chat.page.route('**/chatkit', async (route) => {
      if (route.request().postData()?.includes('threads.create') === true) await changed.promise;
      await route.fallback();
    });
    const field = chat.page.getByRole('textbox');
    await field.fill('Tell me about tides');
    await field.press('Enter');
    await chat.log.getByText('Tell me about tides').waitFor();
    await field.fill('Noch etwas');
    await chat.request('threads.list');
    const lists = chat.requests('threads.list').length;
    await chat.setOptions({ locale: 'pt' });
    await chat.button('Nova conversa').waitFor();
    changed.resolve();
    await chat.button('Copiar a resposta').waitFor();
    await expect(field).toHaveText('Noch etwas');
    await expect.poll(() => chat.events('onThreadChange')).toHaveLength(1);
    expect(chat.requests('threads.list')).toHaveLength(lists);
  });

  it('is English while its texts cannot be had, and has them when the options are given next', async () => {
    const chat = await harness.open();
    const refused = Promise.withResolvers<void>();
    await chat.page.route('**/element/chatkit-it-*.js*', async (route) => {
      await route.abort();
      refused.resolve();
    });
    await chat.setOptions({ locale: 'it' });
    await refused.promise;
    await chat.button('Send message').waitFor();
    await chat.page.unroute('**/element/chatkit-it-*.js*');
    await chat.setOptions({ locale: 'it', theme: 'dark' });
    await chat.button('Invia messaggio').waitFor();
  });
});
