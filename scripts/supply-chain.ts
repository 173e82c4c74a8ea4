import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Writes what the package brings along into a folder: a bill of materials (CycloneDX) and a list of licences. Ends with an
// error where a package, be it only a tool, has a licence that nobody has allowed.

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

interface Bill {
  readonly metadata: { readonly component: { readonly 'bom-ref': string; readonly purl: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** What others may be given. */
const SHIPPED = ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'];
/** What may be used besides by tools and tests, which nobody is given. */
const TOOLS = [
  ...SHIPPED,
  'Apache-2.0 AND MIT',
  '(MIT OR CC0-1.0)',
  'MPL-2.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'OFL-1.1',
  'Python-2.0',
];
/** Packages that say it in a form of old, which npm does not read. */
const TOLD_OTHERWISE: Readonly<Record<string, string>> = {
  busboy: 'MIT',
  'passport-strategy': 'MIT',
  pause: 'MIT',
  streamsearch: 'MIT',
};
/** What stands in a source before the name of a package that is built into the element. */
const IMPORT = /^(?:import|export)(?! type)[^;']*'([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gm;

function licenceOf({ name, licenses = [] }: Component): string {
  const told = licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression);
  return told.filter((text) => text !== undefined).join(' AND ') || (TOLD_OTHERWISE[name] ?? 'unknown');
}

/** Names of the packages whose code the element's script holds. */
function builtIn(): Set<string> {
  const sources = globSync('web/element/**/*.{ts,tsx}').filter(
    (path) => !/\.(?:spec|config)\.tsx?$/.test(path),
  );
  const text = sources.map((path) => readFileSync(path, 'utf8')).join('\n');
  const found = [...text.matchAll(IMPORT)];
  const names = found.map(([, plain, late]) => (plain ?? late ?? '').split('/'));
  return new Set(names.map((parts) => parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/')));
}

/** The components themselves, and what they need in turn. */
function withNeeds(roots: readonly string[], { dependencies }: Bill): Set<string> {
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const waiting = [...roots];
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (reached.has(ref)) continue;
    reached.add(ref);
    waiting.push(...(needs.get(ref) ?? []));
  }
  return reached;
}

const told = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  maxBuffer: 64 * 1024 * 1024,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const all = JSON.parse(told) as Bill;
const isTool = ({ properties }: Component): boolean =>
  properties.some(({ name }) => name === 'cdx:npm:package:development');
const self = all.metadata.component;
const names = builtIn();
const roots = all.components.filter((component) => !isTool(component) || names.has(component.name));
const refs = withNeeds(
  roots.map((component) => component['bom-ref']),
  all,
);
const components = all.components.filter((component) => refs.has(component['bom-ref']));
const refused = all.components.filter(
  (component) => !(components.includes(component) ? SHIPPED : TOOLS).includes(licenceOf(component)),
);
if (refused.length > 0) {
  const lines = refused.map((component) => `  ${component['bom-ref']}: ${licenceOf(component)}`);
  process.stderr.write(`Licences that nobody has allowed:\n${lines.join('\n')}\n`);
  process.exit(1);
}
const bill = {
  ...all,
  // npm calls it by the folder it lies in
  metadata: { ...all.metadata, component: { ...self, name: self['bom-ref'].replace(/@[^@]*$/, '') } },
  components,
  dependencies: all.dependencies
    .filter(({ ref }) => refs.has(ref) || ref === self['bom-ref'])
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((need) => refs.has(need)) })),
};
const [folder = 'dist'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
const licences = components.map((component) => `${component['bom-ref']}  ${licenceOf(component)}`).toSorted();
writeFileSync(join(folder, 'licences.txt'), `${licences.join('\n')}\n`);
process.stdout.write(`${components.length} packages, all with licences that are allowed\n`);
