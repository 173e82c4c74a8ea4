import { ConfigError, type ConfigProblem } from './config-error.js';
import { variablesOf } from './env.decorator.js';
import { problemsAcross, problemsOf, type ConfigClass } from './validate.js';

/** A configuration, or a plain object with some of its properties; the rest has the defaults of the class. */
export type ConfigInit<T> = T | { readonly [K in keyof T]?: T[K] | undefined };

/**
 * The configuration that a plain object describes, by the rules of its class; one that is made already is taken as it is.
 * Nothing is read from the environment.
 *
 * @throws {ConfigError} naming every property that is unknown or cannot be used, without their values
 */
export function completeConfig<T extends object>(Class: ConfigClass<T>, given: ConfigInit<T> = {}): T {
  if (given instanceof Class) return given;
  const config = new Class();
  const known = new Set(variablesOf(Class.prototype as object).map(({ property }) => property));
  const problems: ConfigProblem[] = [];
  for (const [property, value] of Object.entries(given)) {
    if (!known.has(property)) problems.push({ variable: property, problem: `is none of ${Class.name}` });
    else if (value !== undefined) Reflect.set(config, property, value);
  }
  problems.push(...problemsOf(config, []));
  if (problems.length === 0) problems.push(...problemsAcross(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
