import { useEffect, useState } from 'preact/hooks';
import type { CodeNode } from '../parts/code.js';
import { parts } from '../parts/parts.js';

/** Milliseconds that code has to stay as it is: while it streams it is shown plain. */
const REST = 150;
/** Characters of the longest code that gets colours. */
const LONGEST = 20_000;

/** The meaning of the parts of some code, once it rests; undefined until then, and when it is not known. */
export function useHighlight(code: string, language: string): readonly CodeNode[] | undefined {
  const [found, setFound] = useState<{ code: string; nodes: readonly CodeNode[] | undefined }>();
  useEffect(() => {
    if (language === '' || code.length > LONGEST) return undefined;
    let wanted = true;
    const show = async (): Promise<void> => {
      const part = await parts.code.get();
      if (wanted) setFound({ code, nodes: part?.highlight(code, language) });
    };
    const timer = setTimeout(() => void show(), REST);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [code, language]);
  return found?.code === code ? found.nodes : undefined;
}
