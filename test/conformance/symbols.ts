const MINTED = /\b(thr|msg|tc|wf|tsk|atc|shcx)_[0-9a-f]{32}\b/g;

/** Replaces every string within a JSON value. */
export function mapStrings(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((inner) => mapStrings(inner, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner, map)]));
}

/** Ids the server minted, and the symbols that stand for them in order of first appearance. */
export class Symbols {
  readonly #symbols = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** Minted ids become symbols, and times that the server took become `<time>`. */
  normalise(value: unknown): unknown {
    if (typeof value === 'string') return value.replace(MINTED, (id: string) => this.#symbolOf(id));
    if (Array.isArray(value)) return value.map((inner) => this.normalise(inner));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        isMintedTime(key, inner) ? '<time>' : this.normalise(inner),
      ]),
    );
  }

  /** Symbols become the ids they stand for. */
  resolve(value: unknown): unknown {
    return mapStrings(value, (text) => {
      let resolved = text;
      for (const [id, symbol] of this.#symbols) resolved = resolved.replaceAll(symbol, id);
      return resolved;
    });
  }

  #symbolOf(id: string): string {
    const known = this.#symbols.get(id);
    if (known !== undefined) return known;
    const prefix = id.slice(0, id.indexOf('_'));
    const count = (this.#counts.get(prefix) ?? 0) + 1;
    this.#counts.set(prefix, count);
    const symbol = `<${prefix}_${count}>`;
    this.#symbols.set(id, symbol);
    return symbol;
  }
}

/** Scripts write times of 2020; all others are the server's. */
function isMintedTime(key: string, value: unknown): boolean {
  return key === 'created_at' && typeof value === 'string' && !value.startsWith('2020-');
}
