import 'reflect-metadata';

/** What a property declares about the environment variable it is read from. */
export interface EnvOptions {
  /** One sentence for the tables of `docs/configuration.md`. */
  readonly description: string;
  /** The value is never shown, not even in an error. Default false. */
  readonly secret?: boolean;
  /** What the table shows as default when the real one is computed from other variables. */
  readonly defaultText?: string;
}

/** A declared variable, its property and how its text becomes a value. */
export interface EnvVariable extends EnvOptions {
  readonly name: string;
  readonly property: string;
  readonly kind: 'string' | 'number' | 'boolean' | 'list';
}

const declared = new WeakMap<object, EnvVariable[]>();

function kindOf(target: object, property: string): EnvVariable['kind'] {
  switch (Reflect.getMetadata('design:type', target, property)) {
    case Number:
      return 'number';
    case Boolean:
      return 'boolean';
    case Array:
      return 'list';
    default:
      return 'string';
  }
}

/**
 * Reads the property from an environment variable. The property's type decides the conversion: text, number,
 * boolean (`true`/`false`, `1`/`0`, `yes`/`no`, `on`/`off`) or, for arrays, a comma-separated list.
 */
export function Env(name: string, options: EnvOptions): PropertyDecorator {
  return (target, property) => {
    const own = declared.get(target) ?? [];
    own.push({ ...options, name, property: String(property), kind: kindOf(target, String(property)) });
    declared.set(target, own);
  };
}

/** The variables a configuration class declares, those it inherits first. */
export function variablesOf(prototype: object | null): readonly EnvVariable[] {
  if (prototype === null) return [];
  const inherited = variablesOf(Object.getPrototypeOf(prototype) as object | null);
  return [...inherited, ...(declared.get(prototype) ?? [])];
}
