import { median } from './load/percentile.js';
import type { Measure } from './rows/row.js';

/** All values of one measure of one server in one row. */
export interface Figure extends Omit<Measure, 'value'> {
  readonly row: string;
  readonly server: string;
  readonly values: readonly number[];
}

/** What a run has found. */
export class Figures {
  readonly #found = new Map<string, Figure & { values: number[] }>();

  add(row: string, server: string, measures: readonly Measure[]): void {
    for (const { value, ...measure } of measures) {
      const key = JSON.stringify([row, server, measure.name]);
      const found = this.#found.get(key);
      if (found) found.values.push(value);
      else this.#found.set(key, { row, server, ...measure, values: [value] });
    }
  }

  all(): readonly Figure[] {
    return [...this.#found.values()];
  }

  of(row: string, server: string, name: string): Figure | undefined {
    return this.#found.get(JSON.stringify([row, server, name]));
  }
}

/** How many times better the first is, by the medians: over 1 is better; undefined without something to compare. */
export function ratio(figure: Figure | undefined, to: Figure | undefined): number | undefined {
  if (figure === undefined || to === undefined) return undefined;
  const [a, b] = [median(figure.values), median(to.values)];
  if (a === 0 || b === 0) return undefined;
  return figure.better === 'more' ? a / b : b / a;
}
