import { render } from 'katex';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useView } from '../view/context.js';
import type { FormulaProps } from './formula.js';

/** Bounds what a formula may cost and do. */
const OPTIONS = {
  output: 'mathml',
  throwOnError: true,
  trust: false,
  strict: 'ignore',
  maxExpand: 200,
  maxSize: 20,
} as const;

/** Draws the formula as MathML; false when it is none. */
function draw(into: HTMLElement, tex: string, displayMode: boolean): boolean {
  try {
    render(tex, into, { ...OPTIONS, displayMode });
    return true;
  } catch {
    into.replaceChildren();
    return false;
  }
}

/** A formula as the browser draws it; its source where it cannot be read. */
export function DrawnFormula({ tex, source, display }: FormulaProps) {
  const { t } = useView();
  const place = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState(true);
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const into = place.current;
    if (!into) return;
    setDrawn(draw(into, tex, display));
    setWide(display && into.scrollWidth > into.clientWidth);
  }, [tex, display]);
  // What scrolls has to be reached by keyboard.
  const scrolls = wide ? { role: 'group' as const, tabIndex: 0, 'aria-label': t('formula') } : {};
  return (
    <>
      <span
        class={display ? 'formula display' : 'formula'}
        dir="ltr"
        ref={place}
        hidden={!drawn}
        {...scrolls}
      />
      {!drawn && source}
    </>
  );
}
