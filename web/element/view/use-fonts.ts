import { useEffect } from 'preact/hooks';
import { filled, list, number, oneOf, record, text } from '../session/json.js';
import type { JsonRecord } from '../session/json.js';
import { useView } from './context.js';

/** Fonts that one theme may bring. */
const MAX_FONTS = 20;

/** What this page has been asked to load for its chats, so that each is tried once. */
const known = new Set<string>();

/** Loads a font into the page; rejects where its address or its description makes none. */
async function load(family: string, font: JsonRecord): Promise<void> {
  const url = new URL(text(font.src) ?? '', document.baseURI);
  if (!/^(?:https?|data):$/.test(url.protocol)) throw new TypeError(url.protocol);
  const face = new FontFace(family, `url(${JSON.stringify(url.href)})`, {
    weight: text(font.weight) ?? number(font.weight)?.toString() ?? 'normal',
    style: oneOf(font.style, ['normal', 'italic', 'oblique'], 'normal'),
    display: oneOf(font.display, ['auto', 'block', 'swap', 'fallback', 'optional'], 'swap'),
    unicodeRange: filled(font.unicodeRange) ?? 'U+0-10FFFF',
  });
  document.fonts.add(face);
  try {
    await face.load();
  } catch (thrown) {
    // The next family is used at once, with no time in which letters cannot be seen.
    document.fonts.delete(face);
    throw thrown;
  }
}

/** Loads the fonts of the theme into the page: rules inside a shadow root cannot bring any. */
export function useFonts(): void {
  const { session, options } = useView();
  const { fontSources } = record(record(options.value.theme).typography);
  const wanted = JSON.stringify(list(fontSources).slice(0, MAX_FONTS));
  useEffect(() => {
    for (const font of list(JSON.parse(wanted)).map(record)) {
      const family = filled(font.family);
      const key = JSON.stringify(font);
      if (family === undefined || known.has(key)) continue;
      known.add(key);
      // Text can be read in another font, so this is no error of the chat.
      load(family, font).catch(() => session.log('font.failed', { family }));
    }
  }, [wanted]);
}
