import { Part } from '../parts/part.js';
import type { Language } from './language.js';

/** The languages besides English; each comes when it is asked for. */
export const LANGUAGES: Readonly<Record<string, Part<{ readonly language: Language }>>> = {
  ar: new Part(() => import('./languages/ar.js')),
  de: new Part(() => import('./languages/de.js')),
  es: new Part(() => import('./languages/es.js')),
  fr: new Part(() => import('./languages/fr.js')),
  it: new Part(() => import('./languages/it.js')),
  ja: new Part(() => import('./languages/ja.js')),
  ko: new Part(() => import('./languages/ko.js')),
  nl: new Part(() => import('./languages/nl.js')),
  pl: new Part(() => import('./languages/pl.js')),
  'pt-BR': new Part(() => import('./languages/pt-BR.js')),
  sv: new Part(() => import('./languages/sv.js')),
  'zh-CN': new Part(() => import('./languages/zh-CN.js')),
};

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(localeOf(locale)?.language ?? '') ? 'rtl' : 'ltr';
}

/** The language to use for a locale: that of its region, else of another one in the same script. */
export function languageFor(locale: string): string | undefined {
  const wanted = localeOf(locale)?.maximize();
  if (!wanted) return undefined;
  return ['en', ...Object.keys(LANGUAGES)].find((tag) => {
    const { language, script } = new Intl.Locale(tag).maximize();
    return language === wanted.language && script === wanted.script;
  });
}

/** Undefined for what is no locale at all. */
export function localeOf(locale: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(locale);
  } catch {
    return undefined;
  }
}
