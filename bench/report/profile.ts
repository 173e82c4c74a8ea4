interface Node {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
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
function placeOf({ callFrame: { functionName, url } }: Node): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'native';
  if (url.startsWith('node:')) return url;
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  return /dist\/((?:[^/]+\/){0,3})/.exec(url)?.[1] ?? url;
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: Node): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  const file = url.replace(/^.*\/(?=node_modules|dist)/, '');
  return file === '' ? name : `${name} ${file}:${lineNumber + 1}`;
}
