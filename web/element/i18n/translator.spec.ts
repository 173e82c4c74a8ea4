import { signal } from '@preact/signals';
import { groupByDate } from './dates.js';
import { languageFor, LANGUAGES } from './languages.js';
import { Translator } from './translator.js';

async function inLanguage(locale: string): Promise<Translator> {
  await LANGUAGES[languageFor(locale) ?? '']?.get();
  return new Translator(() => locale);
}

describe('Texts', () => {
  it('are English until their language is there, and change with the locale', async () => {
    const locale = signal('sv');
    const translator = new Translator(() => locale.value);
    expect([translator.locale, translator.text('send')]).toEqual(['en', 'Send message']);
    await LANGUAGES['sv']?.get();
    expect([translator.locale, translator.text('send')]).toEqual(['sv', 'Skicka meddelande']);
    locale.value = 'xx';
    expect([translator.locale, translator.text('send')]).toEqual(['en', 'Send message']);
    locale.value = 'sv-FI';
    expect([translator.locale, translator.failure('custom')]).toEqual(['sv-FI', 'Något gick fel.']);
    translator.dispose();
  });

  it.each([
    ['en', 1, '1 result. Use the arrow keys to choose.'],
    ['en', 1_000, '1,000 results. Use the arrow keys to choose.'],
    ['pl', 2, '2 wyniki. Wybierz klawiszami strzałek.'],
    ['pl', 5, '5 wyników. Wybierz klawiszami strzałek.'],
    ['ar', 2, 'نتيجتان. اختر بمفاتيح الأسهم.'],
    ['de', 1_000, '1.000 Treffer. Mit den Pfeiltasten auswählen.'],
    ['ja', 1, '1 件見つかりました。矢印キーで選択してください。'],
  ])('take the form for a number: %s %d', async (locale, count, expected) => {
    const translator = await inLanguage(locale);
    expect(translator.text('foundCount', { count })).toBe(expected);
    translator.dispose();
  });

  it('keep braces that stand for nothing', async () => {
    const translator = await inLanguage('en');
    expect(translator.text('rename', { title: '{count}' })).toBe('Rename {count}');
    expect(translator.text('rename')).toBe('Rename {title}');
    translator.dispose();
  });

  it('name days in their language', async () => {
    const translator = await inLanguage('fr');
    const now = new Date(2026, 5, 15, 12);
    const ages = [0, 1, 5, 90];
    const threads = ages.map((age) => ({
      id: `t${age}`,
      created_at: new Date(2026, 5, 15 - age, 12).toISOString(),
      status: { type: 'active' } as const,
    }));
    const groups = groupByDate(threads, now, translator.locale, translator.text);
    expect(groups.map(({ label }) => label)).toEqual([
      'Aujourd’hui',
      'Hier',
      '7 derniers jours',
      'Mars 2026',
    ]);
    translator.dispose();
  });
});
