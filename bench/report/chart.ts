/** One bar, or one point of a line. */
export interface Bar {
  readonly name: string;
  readonly value: number;
}

/** Bars that are compared with each other, under a name. */
export interface Group {
  readonly name: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 720;
const LABEL = 150;
const VALUE = 90;
const BAR = 16;
const GAP = 4;
const HEAD = 28;
const SERVER_COLOURS: Readonly<Record<string, string>> = {
  own: '#2563eb',
  app: '#0d9488',
  offline: '#5eead4',
  nest: '#d97706',
  raw: '#9ca3af',
  python: '#7c3aed',
};
const STYLE =
  'text{font:12px system-ui,sans-serif;fill:#1f2937}.head{font-weight:600}' +
  '@media(prefers-color-scheme:dark){text{fill:#e5e7eb}}';

/** A chart in SVG: each group has a scale of its own, since what is compared are the servers within it. */
export function barChart(title: string, groups: readonly Group[], shown: (value: number) => string): string {
  const parts: string[] = [];
  let y = HEAD;
  for (const { name, bars } of groups) {
    y += HEAD;
    parts.push(text({ x: 0, y: y - 8, kind: 'head' }, name));
    const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
    for (const bar of bars) {
      const width = (bar.value / most) * (WIDTH - LABEL - VALUE);
      const colour = SERVER_COLOURS[bar.name] ?? '#6b7280';
      parts.push(
        text({ x: 12, y: y + BAR - 4 }, bar.name),
        `<rect x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="2" fill="${colour}"/>`,
        text({ x: LABEL + width + 6, y: y + BAR - 4 }, shown(bar.value)),
      );
      y += BAR + GAP;
    }
  }
  const size = `width="${WIDTH}" height="${y + GAP}" viewBox="0 0 ${WIDTH} ${y + GAP}"`;
  const heading = text({ x: 0, y: 16, kind: 'head' }, title);
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escaped(title)}"><style>${STYLE}</style>${[heading, ...parts].join('')}</svg>\n`;
}

function text(
  { x, y, kind = '' }: { readonly x: number; readonly y: number; readonly kind?: string },
  content: string,
): string {
  return `<text x="${x.toFixed(1)}" y="${y}" class="${kind}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
