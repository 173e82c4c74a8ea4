/** A JSON-like container: only these are copied and walked into, everything else is kept as it is. */
type Container = unknown[] | Record<string, unknown>;

function isContainer(value: unknown): value is Container {
  if (Array.isArray(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What was made here, which nobody can have changed since: it is its own copy. */
const copied = new WeakSet<object>();

/**
 * Copies plain objects and arrays and freezes the copy, level by level, leaving the original untouched.
 *
 * Works with a list rather than by recursion, because the depth of a request body is chosen by its sender.
 */
export function frozenCopy<T>(value: T): T {
  if (!isContainer(value) || copied.has(value)) return value;
  const copies = new Map<Container, Container>();
  const pending: Container[] = [];
  const copyOf = (original: Container): Container => {
    const known = copied.has(original) ? original : copies.get(original);
    if (known !== undefined) return known;
    const copy: Container = Array.isArray(original) ? [] : {};
    copies.set(original, copy);
    pending.push(original);
    return copy;
  };

  const root = copyOf(value);
  for (let original = pending.pop(); original !== undefined; original = pending.pop()) {
    const copy = copyOf(original);
    for (const [key, member] of Object.entries(original)) {
      const value = isContainer(member) ? copyOf(member) : member;
      if (key === '__proto__') define(copy, key, value);
      else (copy as Record<string, unknown>)[key] = value;
    }
    copied.add(Object.freeze(copy));
  }
  return root as T;
}

/** Assigning would set the prototype: the key stays an ordinary one. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
