import { validateSync } from 'class-validator';
import { ConfigError } from './config-error.js';
import { completeFromFile } from './env-file.js';
import { variablesOf } from './env.decorator.js';
import type { ConfigProblem } from './config-error.js';
import type { EnvVariable } from './env.decorator.js';

export { ConfigError } from './config-error.js';
export { Env } from './env.decorator.js';
export type { ConfigProblem } from './config-error.js';
export type { EnvOptions } from './env.decorator.js';

/** A class whose properties carry `@Env` and class-validator decorators, and defaults as initialisers. */
export type ConfigClass<T extends object> = new () => T;

/** A configuration class with rules that span several variables. */
export interface SelfChecking {
  /** Asked once every single variable is valid; what it returns refuses the configuration. */
  problems(): readonly ConfigProblem[];
}

/** One line of the table of variables. */
export interface ConfigRow {
  readonly name: string;
  /** As one would write it in the environment; empty when there is none. */
  readonly default: string;
  readonly description: string;
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  1: true,
  yes: true,
  on: true,
  false: false,
  0: false,
  no: false,
  off: false,
};

function convert(text: string, kind: EnvVariable['kind']): unknown {
  switch (kind) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return BOOLEANS[text.toLowerCase()];
    case 'list':
      return text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');
    default:
      return text;
  }
}

/** What is wrong with values together. */
export function problemsAcross(config: object): readonly ConfigProblem[] {
  return selfChecking(config) ? config.problems() : [];
}

function selfChecking(config: object): config is SelfChecking {
  return 'problems' in config && typeof config.problems === 'function';
}

function fill(config: object, variables: readonly EnvVariable[], env: NodeJS.ProcessEnv): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const { name, property, kind } of variables) {
    const text = env[name]?.trim() ?? '';
    if (text === '') continue;
    const value = convert(text, kind);
    if (value === undefined) problems.push({ variable: name, problem: `must be a ${kind}` });
    else Reflect.set(config, property, value);
  }
  return problems;
}

/** What is wrong with single values, each named by its variable, or by its property where it has none. */
export function problemsOf(config: object, variables: readonly EnvVariable[]): ConfigProblem[] {
  const failures = validateSync(config, { forbidUnknownValues: false });
  return failures.flatMap(({ property, constraints }) => {
    const variable = variables.find((candidate) => candidate.property === property)?.name ?? property;
    return Object.values(constraints ?? {}).map((message) => ({
      variable,
      problem: message.replace(`each value in ${property} `, 'each value ').replace(`${property} `, ''),
    }));
  });
}

/**
 * Makes and validates a configuration from the variables its class declares; every other variable is ignored.
 * An empty value counts as absent, an absent variable keeps the default of the class.
 *
 * @param env the process's own environment is first completed from a file `.env` in the working directory
 * @throws {ConfigError} naming every variable that is malformed or missing, without their values
 */
export function loadConfig<T extends object>(Class: ConfigClass<T>, env: NodeJS.ProcessEnv): T {
  completeFromFile(env);
  const config = new Class();
  const variables = variablesOf(Class.prototype as object);
  const malformed = fill(config, variables, env);
  const seen = new Set(malformed.map(({ variable }) => variable));
  const invalid = problemsOf(config, variables).filter(({ variable }) => !seen.has(variable));
  const problems = [...malformed, ...invalid];
  if (problems.length === 0) problems.push(...problemsAcross(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** The variables of a configuration class with their defaults, in the order of their declaration. */
export function describeConfig(Class: ConfigClass<object>): readonly ConfigRow[] {
  const defaults = new Class();
  return variablesOf(Class.prototype as object).map(({ name, property, description, defaultText }) => ({
    name,
    default: defaultText ?? asText(Reflect.get(defaults, property)),
    description,
  }));
}
