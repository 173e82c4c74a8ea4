import { useEffect, useState } from 'preact/hooks';
import { besideScript } from '../host/script-url.js';
import type { CodeNode } from '../parts/code.js';

type Highlight = (code: string, language: string) => readonly CodeNode[] | undefined;

/** Milliseconds that code has to stay as it is: while it streams it is shown plain. */
const REST = 150;
/** Characters of the longest code that gets colours. */
const LONGEST = 20_000;

let loading: Promise<Highlight | undefined> | undefined;

/** The file with the languages comes when the first code is shown; where it is missing, code stays plain. */
function load(): Promise<Highlight | undefined> {
  const url = besideScript('chatkit-code.js');
  loading ??= (url === undefined ? Promise.resolve({}) : import(/* @vite-ignore */ url)).then(
    (part: { highlight?: Highlight }) => part.highlight,
    () => undefined,
  );
  return loading;
}

/** The meaning of the parts of some code, once it rests; undefined until then, and when it is not known. */
export function useHighlight(code: string, language: string): readonly CodeNode[] | undefined {
  const [found, setFound] = useState<{ code: string; nodes: readonly CodeNode[] | undefined }>();
  useEffect(() => {
    if (language === '' || code.length > LONGEST) return undefined;
    let wanted = true;
    const show = async (): Promise<void> => {
      const highlight = await load();
      if (wanted) setFound({ code, nodes: highlight?.(code, language) });
    };
    const timer = setTimeout(() => void show(), REST);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [code, language]);
  return found?.code === code ? found.nodes : undefined;
}
