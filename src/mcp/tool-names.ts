const MAX_NAME = 64;

/** A tool and the server it belongs to. */
export interface OfServer {
  readonly server: string;
  readonly tool: string;
}

/**
 * The names that the model calls tools by: as their servers name them where that is possible, with the
 * server's name before it where it is taken. A tool for which no name is left is not in the result.
 *
 * @param taken names of other tools of the agent
 */
export function toolNames<T extends OfServer>(
  tools: readonly T[],
  taken: Iterable<string>,
): ReadonlyMap<T, string> {
  const used = new Set(taken);
  const count = new Map<string, number>();
  for (const { tool } of tools) count.set(safe(tool), (count.get(safe(tool)) ?? 0) + 1);
  const names = new Map<T, string>();
  for (const each of tools) {
    const plain = safe(each.tool);
    const isFree = count.get(plain) === 1 && !used.has(plain);
    const name = isFree ? plain : safe(`${each.server}_${each.tool}`);
    if (used.has(name)) continue;
    used.add(name);
    names.set(each, name);
  }
  return names;
}

/** Models take letters, digits, `_` and `-`. */
function safe(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, MAX_NAME);
}
