export interface Point {
  readonly x: number;
  readonly y: number;
}

function at({ x, y }: Point): string {
  return `${x.toFixed(2)},${y.toFixed(2)}`;
}

/** How steep the line is at each point so that it never goes beyond its neighbours. */
function slopes(points: readonly Point[]): readonly number[] {
  const rises = points.slice(1).map((point, index) => {
    const before = points[index] ?? point;
    return (point.y - before.y) / (point.x - before.x || 1);
  });
  return points.map((_, index) => {
    const left = rises[index - 1] ?? rises[index] ?? 0;
    const right = rises[index] ?? left;
    return left * right <= 0 ? 0 : (2 * left * right) / (left + right);
  });
}

/** The way from one point to the next for each, without the start. */
function steps(points: readonly Point[], curve: string): string {
  const smooth = !/^(linear|step|bump)/.test(curve);
  const slope = smooth ? slopes(points) : [];
  return points
    .slice(1)
    .map((to, index) => {
      const from = points[index] ?? to;
      const half = (from.x + to.x) / 2;
      if (curve === 'stepBefore') return `V${to.y.toFixed(2)}H${to.x.toFixed(2)}`;
      if (curve === 'stepAfter') return `H${to.x.toFixed(2)}V${to.y.toFixed(2)}`;
      if (curve === 'step') return `H${half.toFixed(2)}V${to.y.toFixed(2)}H${to.x.toFixed(2)}`;
      if (curve.startsWith('bump'))
        return `C${at({ x: half, y: from.y })} ${at({ x: half, y: to.y })} ${at(to)}`;
      if (!smooth) return `L${at(to)}`;
      const third = (to.x - from.x) / 3;
      const leave = { x: from.x + third, y: from.y + third * (slope[index] ?? 0) };
      const reach = { x: to.x - third, y: to.y - third * (slope[index + 1] ?? 0) };
      return `C${at(leave)} ${at(reach)} ${at(to)}`;
    })
    .join('');
}

/** Runs of points with no gap between them. */
function runs(points: readonly (Point | undefined)[]): readonly (readonly number[])[] {
  const found: number[][] = [];
  points.forEach((point, index) => {
    if (!point) return;
    if (index > 0 && points[index - 1]) found.at(-1)?.push(index);
    else found.push([index]);
  });
  return found;
}

function pick(points: readonly (Point | undefined)[], places: readonly number[]): readonly Point[] {
  return places.flatMap((place) => points[place] ?? []);
}

/** What `step` curves are when they are drawn from the end to the start. */
const BACKWARDS: Readonly<Record<string, string>> = { stepBefore: 'stepAfter', stepAfter: 'stepBefore' };

/**
 * The path through the points, or of the area between them and their feet. Curves of the basis and natural kinds
 * are drawn as monotone ones, which go through each point.
 */
export function pathThrough(
  points: readonly (Point | undefined)[],
  curve: string,
  feet?: readonly (Point | undefined)[],
): string | undefined {
  const parts = runs(points).map((places) => {
    const way = pick(points, places);
    const [start] = way;
    if (!start) return '';
    const there = `M${at(start)}${way.length === 1 && !feet ? 'h0.01' : steps(way, curve)}`;
    if (!feet) return there;
    const back = pick(feet, places).toReversed();
    const [turn] = back;
    return turn ? `${there}L${at(turn)}${steps(back, BACKWARDS[curve] ?? curve)}Z` : there;
  });
  return parts.join('') || undefined;
}
