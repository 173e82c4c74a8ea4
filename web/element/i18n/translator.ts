import { effect, signal } from '@preact/signals';
import type { FailureCode } from '../session/failure.js';
import type { Language, TextKey } from './language.js';
import { LANGUAGES, languageFor, localeOf } from './languages.js';
import { ENGLISH, FAILURES } from './strings.js';

interface Shown {
  /** What numbers and dates are written in: the locale asked for where its language is shown. */
  readonly locale: string;
  readonly language: Language;
}

type Values = Readonly<Record<string, string | number>>;

/** The text of a key with its values filled in; the number among them chooses its form. */
export type Translate = (key: TextKey, values?: Values) => string;

const ENGLISH_LANGUAGE: Language = { texts: ENGLISH, failures: FAILURES };

/** Says things in the language of a locale. Until that is loaded, and where it cannot be, in English. */
export class Translator {
  readonly #shown = signal<Shown>({ locale: 'en', language: ENGLISH_LANGUAGE });
  readonly #stop: () => void;

  /** @param requested read again whenever a signal in it changes, which also tries anew what had failed */
  constructor(requested: () => string) {
    this.#stop = effect(() => {
      const locale = requested();
      const part = LANGUAGES[languageFor(locale) ?? ''];
      const show = (loaded: { readonly language: Language } | undefined): void => {
        this.#shown.value = shownIn(locale, loaded?.language);
      };
      let wanted = true;
      if (part && !part.value) void part.get().then((loaded) => wanted && show(loaded));
      else show(part?.value);
      return () => {
        wanted = false;
      };
    });
  }

  get locale(): string {
    return this.#shown.value.locale;
  }

  readonly text: Translate = (key, values = {}) => {
    const { locale, language } = this.#shown.value;
    const entry = language.texts[key];
    const text = typeof entry === 'string' ? entry : (entry[formFor(values, locale)] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : (value ?? whole);
    });
  };

  readonly failure = (code: FailureCode): string => this.#shown.value.language.failures[code];

  dispose(): void {
    this.#stop();
  }
}

function shownIn(requested: string, language: Language | undefined): Shown {
  const locale = localeOf(requested)?.toString();
  if (locale === undefined || (!language && languageFor(requested) !== 'en')) {
    return { locale: 'en', language: ENGLISH_LANGUAGE };
  }
  return { locale, language: language ?? ENGLISH_LANGUAGE };
}

function formFor(values: Values, locale: string): Intl.LDMLPluralRule {
  const number = Object.values(values).find((value) => typeof value === 'number');
  return new Intl.PluralRules(locale).select(number ?? 0);
}
