import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { gzipSync } from 'node:zlib';

const element = resolve(import.meta.dirname, '../../dist/web/element');
const module = join(element, 'module');
/** Most bytes of what the module loads at once, compressed. */
const ENTRY_LIMIT = 75_000;

/** Names of XML vocabularies, and what a library tells developers to read; nothing is loaded from there. */
const WORDS = /^http:\/\/www\.w3\.org\/|^https:\/\/github\.com\/highlightjs\/highlight\.js\//;

function read(path: string): string {
  return readFileSync(join(element, path), 'utf8');
}

/** What a module imports at once and, apart from that, on demand. */
function importsOf(name: string): { readonly atOnce: string[]; readonly onDemand: string[] } {
  const code = read(`module/${name}`);
  const found = (pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1] ?? '');
  return {
    atOnce: found(/\b(?:from|import)\s*["']([^"'`]+)["']/g).filter((path) => path.endsWith('.js')),
    onDemand: found(/\bimport\(\s*["'`]([^"'`$]+)["'`]\s*\)/g),
  };
}

function loadedAtOnce(name = 'chatkit.js', seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const path of importsOf(name).atOnce) loadedAtOnce(path.replace('./', ''), seen);
  return seen;
}

describe('The built element', () => {
  const parts = readdirSync(module);

  it('begins with a module that is small, and brings the rest when it is needed', () => {
    const atOnce = loadedAtOnce();
    const size = [...atOnce].map((name) => gzipSync(read(`module/${name}`), { level: 9 }).length);
    expect(size.reduce((sum, next) => sum + next, 0)).toBeLessThanOrEqual(ENTRY_LIMIT);
    const later = parts.filter((name) => !atOnce.has(name)).map((name) => name.split('-')[1]);
    expect(later).toEqual(expect.arrayContaining(['code', 'dictation', 'forms', 'markdown', 'questions']));
  });

  it('finds its parts beside itself, each named after its content', () => {
    const named = parts.flatMap((name) => Object.values(importsOf(name)).flat());
    expect(named.filter((path) => !/^\.\/chatkit-[\w-]+-[\w-]{8}\.js$/.test(path))).toEqual([]);
    const missing = named.filter((path) => !parts.includes(path.replace('./', '')));
    expect(missing).toEqual([]);
  });

  it('has parts that need nothing but the core, so that each can be asked for again', () => {
    const core = new Set([...loadedAtOnce()].map((name) => `./${name}`));
    const needed = parts.flatMap((name) => importsOf(name).atOnce);
    expect(needed.filter((path) => !core.has(path))).toEqual([]);
  });

  it('also is one classic script, which loads nothing more', () => {
    const code = read('chatkit.js');
    expect(() => new Script(code)).not.toThrow();
    // what stays is the second try for a part that could not be had
    const loads = [...code.matchAll(/\bimport\((.{3})/g)].map((match) => match[1]);
    expect(loads).toEqual(['`${']);
    expect(readdirSync(element).toSorted()).toEqual(['chatkit.js', 'module']);
  });

  it.each(['chatkit.js', ...parts.map((name) => `module/${name}`)])('names no other site: %s', (path) => {
    const addresses = read(path).match(/\bhttps?:\/\/[\w.-]+\.\w+[^\s"'`)]*/g) ?? [];
    expect(addresses.filter((address) => !WORDS.test(address))).toEqual([]);
  });
});
