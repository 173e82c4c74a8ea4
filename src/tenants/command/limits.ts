import { LIMIT_NAMES, type LimitName, type SetLimits } from '../../common/limits/limits.js';

/** Limits to be set; null takes one back. */
export type LimitsChange = Readonly<Partial<Record<LimitName, number | null>>>;

/** How a limit is called in the command: `userRequests` is `--user-requests`. */
const optionOf = (name: LimitName): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The options that set limits, as `parseArgs` takes them. */
export const LIMIT_OPTIONS = Object.fromEntries(
  LIMIT_NAMES.map((name) => [optionOf(name), { type: 'string' } as const]),
);

/** Every option that sets a limit, for people. */
export const LIMIT_USAGE = LIMIT_NAMES.map((name) => `--${optionOf(name)}`).join(', ');

/** @returns undefined where a value is neither a number nor `default` */
export function limitsChange(values: Readonly<Record<string, unknown>>): LimitsChange | undefined {
  const given = LIMIT_NAMES.filter((name) => values[optionOf(name)] !== undefined);
  const changes = given.map((name) => [name, valueOf(String(values[optionOf(name)]))] as const);
  return changes.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(changes);
}

function valueOf(text: string): number | null | undefined {
  if (text === 'default') return null;
  const value = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
}

/** A line for each limit that is set. */
export function linesOfLimits(tenantId: string, set: SetLimits): readonly string[] {
  const lines = LIMIT_NAMES.filter((name) => set[name] !== undefined).map(
    (name) => `${tenantId}  ${optionOf(name)} ${set[name]}`,
  );
  return lines.length > 0 ? lines : [`${tenantId}  no limits of its own`];
}
