import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ELEMENT = join(import.meta.dirname, '..');

describe('Every handler of keys', () => {
  it('leaves those of input methods to them, by being made by keyHandler', () => {
    const files = readdirSync(ELEMENT, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(?<!\.spec)\.tsx?$/.test(name),
    );
    const handlers = files.flatMap((name) =>
      [
        ...readFileSync(join(ELEMENT, name), 'utf8').matchAll(
          /(?:onKey(?:Down|Up|Press) ?=\s*\{?|'key(?:down|up|press)',)\s*(.*)/g,
        ),
      ].map(([, handler = '']) => ({ name, handler })),
    );
    expect(handlers.length).toBeGreaterThan(15);
    expect(handlers.filter(({ handler }) => !/^(?:keyHandler\(|onKeyDown\b)/.test(handler))).toEqual([]);
  });
});
