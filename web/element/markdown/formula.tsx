import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';

export interface FormulaProps {
  readonly tex: string;
  /** The formula as it was written, shown where it cannot be drawn. */
  readonly source: string;
  /** Whether it stands on lines of its own. */
  readonly display: boolean;
}

function FormulaSource({ source }: FormulaProps) {
  return <>{source}</>;
}

/** A formula; what was written until the part that draws it is there. */
export const Formula = lazy(parts.math, ({ DrawnFormula }) => DrawnFormula, FormulaSource);
