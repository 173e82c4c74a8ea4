import * as fc from 'fast-check';
import { returnPath } from './return-path.js';

const SITE = 'https://portal.example/desk';

/** Where a browser goes that is sent there from a page of the site. */
const destination = (path: string): string => new URL(path, SITE).origin;

describe('A path to return to', () => {
  it.each([
    ['/', '/'],
    ['/try', '/try'],
    ['/a/../b?x=//evil.test#//evil.test', '/b?x=//evil.test#//evil.test'],
    ['/desk/./thread%20one', '/desk/thread%20one'],
    ['/a//b', '/a//b'],
    ['/@evil.test', '/@evil.test'],
    ['/%5Cevil.test', '/%5Cevil.test'],
  ])('of this site is %s', (wanted, path) => {
    expect(returnPath(wanted, SITE)).toBe(path);
  });

  it.each([
    undefined,
    null,
    7,
    ['/try'],
    '',
    'try',
    '?x',
    'https://evil.test/',
    'https:evil.test',
    'javascript:alert(1)',
    '//evil.test',
    '///evil.test',
    '/.//evil.test',
    '/..//evil.test',
    '/../..//evil.test',
    '/a/..//evil.test',
    '/%2e//evil.test',
    '/%2E%2e//evil.test',
    '/./\\evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '\t//evil.test',
    ' //evil.test',
    '/ /evil.test',
    '/\0/evil.test',
    '/straße',
    '/\u2028/evil.test',
    `/${'a'.repeat(2048)}`,
  ])('is not %j', (wanted) => {
    expect(returnPath(wanted, SITE)).toBeUndefined();
  });

  it('stays on this site whatever was asked for', () => {
    // the library's own kinds of characters and addresses make a table of all million characters
    const character = fc.nat(0x10_ffff).map((number) => String.fromCodePoint(number));
    const pieces = fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '%2F',
      '\\',
      '?',
      '#',
      '@',
      ':',
      'evil.test',
      '\t',
      'a',
    );
    const paths = fc.array(pieces, { maxLength: 8 }).map((parts) => `/${parts.join('')}`);
    const wanted = fc.oneof(
      paths,
      fc.string({ unit: character }),
      fc
        .tuple(fc.constantFrom('http', 'https'), fc.domain(), paths)
        .map(([scheme, host, path]) => `${scheme}://${host}${path}`),
    );
    fc.assert(
      fc.property(wanted, (text) => {
        const path = returnPath(text, SITE);
        if (path === undefined) return;
        expect(destination(path)).toBe('https://portal.example');
        // and resolved once more, as by a proxy on the way
        expect(returnPath(path, SITE)).toBe(path);
      }),
      { seed: 20_260_101, numRuns: 3000 },
    );
  });
});
