import { isRecord } from '../session/json.js';

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
    const next = Object.hasOwn(place, part) ? place[part] : undefined;
    const inside: Values = isRecord(next) ? next : {};
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
 * Adds form values to an action's payload, object by object. What the payload already has wins, and its name is
 * returned as a collision.
 */
export function mergePayload(
  payload: unknown,
  values: Readonly<Values>,
): { payload: unknown; collisions: readonly string[] } {
  const names = Object.keys(values);
  if (names.length === 0) return { payload, collisions: [] };
  if (payload !== undefined && !isRecord(payload)) return { payload, collisions: names };
  const merged: Values = { ...payload };
  const collisions: string[] = [];
  for (const name of names) {
    const own = merged[name];
    const value = values[name];
    if (!Object.hasOwn(merged, name)) merged[name] = value;
    else if (isRecord(own) && isRecord(value)) {
      const inside = mergePayload(own, value);
      merged[name] = inside.payload;
      collisions.push(...inside.collisions.map((below) => `${name}.${below}`));
    } else collisions.push(name);
  }
  return { payload: merged, collisions };
}
