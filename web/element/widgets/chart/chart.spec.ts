import { layOut } from './layout.js';
import { pathThrough } from './curve.js';
import { readChart } from './read-chart.js';

const FRAME = { width: 200, height: 120, left: 0, bottom: 20 };
const read = (more: object) => readChart({ type: 'Chart', ...more }, false);

/** Numbers in there that nothing can be drawn with. */
function notFinite(value: unknown): readonly number[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(notFinite) : [];
}

describe('A chart', () => {
  it('piles bars of one stack up, those below nothing downwards, and sets others beside them', () => {
    const data = read({
      data: [{ at: 'a', one: 10, two: 5, three: -5, four: 8 }],
      series: [
        { type: 'bar', dataKey: 'one', stack: 's' },
        { type: 'bar', dataKey: 'two', stack: 's' },
        { type: 'bar', dataKey: 'three', stack: 's' },
        { type: 'bar', dataKey: 'four' },
      ],
      xAxis: 'at',
    });
    const { shapes, ticks } = layOut(data, FRAME);
    const bars = shapes.flatMap((shape) => shape.bars);
    const [one, two, three, four] = bars;
    if (!one || !two || !three || !four) throw new Error('a bar is missing');
    expect(two.y + two.height).toBeCloseTo(one.y);
    expect(three.y).toBeCloseTo(one.y + one.height);
    expect(four.x).toBeGreaterThan(one.x + one.width);
    expect(ticks.map(({ value }) => value)).toEqual([-5, 0, 5, 10, 15]);
  });

  it('has its bars as far apart as it is told', () => {
    const data = read({
      data: [{ a: 1, b: 1 }],
      series: [
        { type: 'bar', dataKey: 'a' },
        { type: 'bar', dataKey: 'b' },
      ],
      barGap: 10,
      barCategoryGap: 40,
    });
    const [one, two] = layOut(data, FRAME).shapes.flatMap(({ bars }) => bars);
    expect([one?.x, one?.width, two?.x, two?.width]).toEqual([20, 75, 105, 75]);
  });

  it.each([
    'linear',
    'step',
    'stepBefore',
    'stepAfter',
    'monotone',
    'natural',
    'basis',
    'bump',
    'unheard-of',
  ])('goes through each point on a curve of the kind %s', (curve) => {
    const path =
      pathThrough(
        [
          { x: 0, y: 0 },
          { x: 10, y: 5 },
          { x: 20, y: 0 },
        ],
        curve,
      ) ?? '';
    expect(path.startsWith('M0.00,0.00')).toBe(true);
    expect(path).toMatch(/(?:20\.00,0\.00|H20\.00|H20\.00V0\.00)$/);
    expect(path).not.toContain('NaN');
  });

  it('is drawn of nothing, of one value and of numbers beyond measure', () => {
    const extremes = [
      {},
      { data: [], series: [] },
      { data: [{ a: 0 }], series: [{ type: 'line', dataKey: 'a' }] },
      { data: [{ a: 1e308 }, { a: -1e308 }], series: [{ type: 'area', dataKey: 'a' }] },
      { data: 'x', series: [null, 1, { type: 'bar' }], xAxis: 7 },
      { data: [null, { a: Number.NaN }], series: [{ type: 'bar', dataKey: 'a' }] },
    ];
    for (const extreme of extremes) {
      expect(notFinite(layOut(read(extreme), FRAME))).toEqual([]);
    }
  });
});
