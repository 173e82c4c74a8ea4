import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from './language.js';
import { directionOf, languageFor, LANGUAGES } from './languages.js';
import { ENGLISH, FAILURES } from './strings.js';

const tags = Object.keys(LANGUAGES);

async function languageOf(tag: string): Promise<Language> {
  const loaded = await LANGUAGES[tag]?.get();
  if (!loaded) throw new Error(`no language ${tag}`);
  return loaded.language;
}

/** Every form of a text, and what it is the form of. */
function formsOf(text: string | object): [form: string, text: string][] {
  return typeof text === 'string' ? [['', text]] : Object.entries(text);
}

/** The names of values in a text, each once. */
function valuesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].toSorted();
}

const english: readonly (readonly [string, string | object])[] = Object.entries(ENGLISH);

describe('The languages of the element', () => {
  it('are the files of the folder', () => {
    const files = readdirSync(join(import.meta.dirname, 'languages'));
    expect(files.map((name) => name.replace('.ts', '')).toSorted()).toEqual(tags.toSorted());
  });

  describe.each(tags)('%s', (tag) => {
    it('says everything that English says, and nothing else', async () => {
      const { texts, failures } = await languageOf(tag);
      expect(Object.keys(texts).toSorted()).toEqual(Object.keys(ENGLISH).toSorted());
      expect(Object.keys(failures).toSorted()).toEqual(Object.keys(FAILURES).toSorted());
      const said = [...Object.values(texts), ...Object.values(failures)].flatMap(formsOf);
      expect(said.filter(([, text]) => text.trim() === '')).toEqual([]);
    });

    it('has the values of English in each text', async () => {
      const texts = new Map<string, string | object>(Object.entries((await languageOf(tag)).texts));
      for (const [key, original] of english) {
        const wanted = valuesIn(formsOf(original).at(-1)?.[1] ?? '');
        for (const [form, text] of formsOf(texts.get(key) ?? '')) {
          // “one” and its like may say the number as a word
          const worded = form !== '' && form !== 'other' && typeof original === 'object';
          const found = valuesIn(text);
          if (worded) expect(wanted).toEqual(expect.arrayContaining(found));
          else expect([key, found]).toEqual([key, wanted]);
        }
      }
    });

    it('has a form for each kind of number that it tells apart', async () => {
      const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
      for (const text of Object.values((await languageOf(tag)).texts)) {
        if (typeof text === 'object')
          expect(Object.keys(text).toSorted()).toEqual(pluralCategories.toSorted());
      }
    });
  });

  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['zh', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['en-GB', 'en'],
    ['ar-EG', 'ar'],
    // another script is another language to read
    ['zh-TW', undefined],
    ['xx', undefined],
    ['not a locale', undefined],
    ['', undefined],
  ])('are found for the locale %s: %s', (locale, tag) => {
    expect(languageFor(locale)).toBe(tag);
  });

  it('are written from right to left where their script is, translated or not', () => {
    expect(['ar', 'ar-EG', 'he', 'ur'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl']);
    expect(['de', 'xx', 'not a locale'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr']);
  });
});
