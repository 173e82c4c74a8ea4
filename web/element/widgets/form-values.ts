type Values = Record<string, unknown>;

/** Nesting of dotted names that is followed. */
const MAX_PARTS = 8;
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

function put(target: Values, name: string, value: unknown): void {
  const parts = name.split('.', MAX_PARTS);
  if (parts.some((part) => UNSAFE.has(part))) return;
  const last = parts.pop() ?? name;
  let place = target;
  for (const part of parts) {
    const next = place[part];
    const inside: Values = typeof next === 'object' && next !== null ? (next as Values) : {};
    place[part] = inside;
    place = inside;
  }
  place[last] = value;
}

/** Values by field name; dotted names nest, so `todo.title` becomes `{ todo: { title } }`. */
export function nestValues(fields: Iterable<readonly [string, unknown]>): Values {
  const values: Values = {};
  for (const [name, value] of fields) if (name !== '') put(values, name, value);
  return values;
}

/**
 * Adds form values to an action's payload. What the payload already has wins, and its name is returned as a
 * collision.
 */
export function mergePayload(
  payload: unknown,
  values: Values,
): { payload: unknown; collisions: readonly string[] } {
  const names = Object.keys(values);
  if (names.length === 0) return { payload, collisions: [] };
  if (payload !== undefined && (typeof payload !== 'object' || payload === null || Array.isArray(payload))) {
    return { payload, collisions: names };
  }
  const own = (payload ?? {}) as Values;
  return { payload: { ...values, ...own }, collisions: names.filter((name) => name in own) };
}
