import { ratio, type Figure, type Figures } from '../figures.js';
import { median } from '../load/percentile.js';

const COMPARED = ['nest', 'raw', 'python'];

/** A number with three digits that count, and separators of thousands. */
export function shown(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 3) });
}

/** What a row is about where it is measured with more and more data. */
const ABOUT = /^[^:]*$|: per second of server CPU$/;

/** Of each row the figure that it is about, which is the first; of those that are measured once, one for each amount of data. */
export function summary(figures: Figures, once: ReadonlySet<string>): string {
  const first = new Map(
    figures
      .all()
      .toReversed()
      .map(({ row, name }) => [row, name]),
  );
  return table(figures, ({ row, name }) => (once.has(row) && ABOUT.test(name)) || first.get(row) === name);
}

/** Figures as a table in Markdown: each with median, smallest and largest, and how it compares. */
export function table(figures: Figures, wanted: (figure: Figure) => boolean = () => true): string {
  const all = figures.all().filter(wanted);
  const compared = COMPARED.filter((name) => all.some(({ server }) => server === name));
  const head = [
    'row',
    'measure',
    'server',
    'min',
    'median',
    'max',
    ...compared.map((name) => `against ${name}`),
  ];
  const order = [...new Set(all.map(({ row, name }) => JSON.stringify([row, name])))];
  const lines = order.flatMap((key) =>
    all.filter(({ row, name }) => JSON.stringify([row, name]) === key).map((figure) => line(figure)),
  );
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

  function line(figure: Figure): string[] {
    const { row, name, unit, server, values } = figure;
    const numbers = [Math.min(...values), median(values), Math.max(...values)].map(shown);
    const ratios = compared.map((other) => {
      const found = other === server ? undefined : ratio(figure, figures.of(row, other, name));
      return found === undefined ? '' : `${shown(found)} ×`;
    });
    return [row, `${name}, ${unit}`, server, ...numbers, ...ratios];
  }
}
