import { useEffect } from 'preact/hooks';
import { asError } from '../session/failure.js';
import { filled, list, number, oneOf, readAll, record, text } from '../session/json.js';
import { useView } from './context.js';

/** Fonts that one theme may bring. */
const MAX_FONTS = 20;

/** Names and addresses of the fonts that this page has loaded for its chats. */
const known = new Set<string>();

function readFont(value: unknown): FontFace | undefined {
  const font = record(value);
  const family = filled(font.family);
  const url = URL.parse(text(font.src) ?? '', document.baseURI);
  if (family === undefined || !url || !/^(?:https?|data):$/.test(url.protocol)) return undefined;
  const weight = text(font.weight) ?? number(font.weight)?.toString() ?? 'normal';
  const style = oneOf(font.style, ['normal', 'italic', 'oblique'], 'normal');
  const key = [family, url.href, weight, style].join(' ');
  if (known.has(key)) return undefined;
  known.add(key);
  return new FontFace(family, `url(${JSON.stringify(url.href)})`, {
    weight,
    style,
    display: oneOf(font.display, ['auto', 'block', 'swap', 'fallback', 'optional'], 'swap'),
    unicodeRange: filled(font.unicodeRange) ?? 'U+0-10FFFF',
  });
}

/** Loads the fonts of the theme into the page: rules inside a shadow root cannot bring any. */
export function useFonts(): void {
  const { session, options } = useView();
  const { fontSources } = record(record(options.value.theme).typography);
  const wanted = JSON.stringify(list(fontSources).slice(0, MAX_FONTS));
  useEffect(() => {
    for (const font of readAll(JSON.parse(wanted), readFont)) {
      document.fonts.add(font);
      font.load().catch((thrown: unknown) => session.report(asError(thrown)));
    }
  }, [wanted]);
}
