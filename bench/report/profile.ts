import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Node {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

/** What the inspector gives. */
export interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 60;
const IDLE = new Set(['(idle)', '(root)']);

/** Shares of the time that the process was not idle: by package or folder, by function, and by function with what it calls. */
export function inShort({ nodes, samples, timeDeltas }: Profile): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const own = new Map<number, number>();
  let busy = 0;
  for (const [at, id] of samples.entries()) {
    if (IDLE.has(byId.get(id)?.callFrame.functionName ?? '')) continue;
    const spent = timeDeltas[at] ?? 0;
    own.set(id, (own.get(id) ?? 0) + spent);
    busy += spent;
  }
  const places = new Map<string, number>();
  const functions = new Map<string, number>();
  const whole = new Map<string, number>();
  for (const [id, spent] of own) {
    const node = byId.get(id);
    if (node === undefined) continue;
    add(places, placeOf(node), spent);
    add(functions, nameOf(node), spent);
    const callers = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const caller = byId.get(at);
      if (caller !== undefined) callers.add(nameOf(caller));
    }
    for (const caller of callers) add(whole, caller, spent);
  }
  return [
    `${(busy / 1000).toFixed(0)} ms not idle`,
    tableOf('by place', places, busy),
    tableOf('by function', functions, busy),
    tableOf('by function, with what it calls', whole, busy),
  ].join('\n\n');
}

function add(to: Map<string, number>, name: string, spent: number): void {
  to.set(name, (to.get(name) ?? 0) + spent);
}

function tableOf(title: string, shares: ReadonlyMap<string, number>, busy: number): string {
  const sorted = [...shares].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  const rows = sorted.map(([name, spent]) => `| ${((spent / busy) * 100).toFixed(1)} % | ${name} |`);
  return [`| share | ${title} |`, '| --- | --- |', ...rows].join('\n');
}

/** A package, a folder of ours, a module of Node, or what V8 does. */
function placeOf({ callFrame }: Node): string {
  if (callFrame.url === '') return callFrame.functionName.startsWith('(') ? callFrame.functionName : 'native';
  const source = sourceOf(callFrame);
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
  if (inPackage !== undefined) return inPackage;
  return /(?:^|\/)((?:src|bench)\/(?:chatkit\/)?[^/]+)\//.exec(source)?.[1] ?? source;
}

function nameOf({ callFrame }: Node): string {
  const { functionName, lineNumber, url } = callFrame;
  const name = functionName === '' ? '(anonymous)' : functionName;
  const place = sourceOf(callFrame).replace(/^.*\/(?=node_modules|src|bench)/, '');
  return url === '' ? name : `${name} ${place}:${lineNumber + 1}`;
}

const maps = new Map<string, SourceMap | undefined>();

/** The file that a function was written in, where the one that runs was put together of several; packages have no map there. */
function sourceOf({ url, lineNumber, columnNumber }: Node['callFrame']): string {
  if (!url.startsWith('file:')) return url;
  if (!maps.has(url)) maps.set(url, mapOf(url));
  const entry = maps.get(url)?.findEntry(lineNumber, columnNumber);
  if (entry === undefined) return url;
  const isOurs = 'originalSource' in entry && entry.generatedLine === lineNumber;
  return isOurs ? entry.originalSource : `packages in ${basename(url)}`;
}

function mapOf(url: string): SourceMap | undefined {
  try {
    const payload = JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')) as SourceMap['payload'];
    return new SourceMap(payload);
  } catch {
    return undefined;
  }
}
