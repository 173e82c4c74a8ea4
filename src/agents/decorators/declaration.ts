import 'reflect-metadata';
import type * as z from 'zod';

/** A JSON schema of an object. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly [keyword: string]: unknown;
}

/** What is said of a tool. */
export interface ToolOptions<P extends z.ZodObject | ObjectSchema = z.ZodObject | ObjectSchema> {
  /** What the model calls it by: 1 to 64 letters, digits, `_` and `-`; unique for an assistant. */
  readonly name: string;
  /** Tells the model what it does and when to use it. */
  readonly description: string;
  /**
   * What it is called with: a zod object, whose output the method gets, or a JSON schema of type `object`.
   * The arguments are checked in both cases. A zod object goes to the model in strict mode, which knows
   * neither records, dates nor transforms; optional fields come as null from it and are then left out.
   */
  readonly parameters: P;
  /**
   * Milliseconds after which its signal fires and the model is told that it took too long, up to an hour.
   * Default `CHATKIT_TOOL_TIMEOUT_MS`.
   */
  readonly timeoutMs?: number;
}

/** How an input guardrail is run. */
export interface GuardrailOptions {
  /** Whether the model works while the input is judged; otherwise it waits. Default true. */
  readonly runInParallel?: boolean;
}

/** What a decorator says about a method. */
export type Declaration =
  | { readonly kind: 'tool'; readonly options: ToolOptions }
  | {
      readonly kind: 'action';
      readonly type: string;
      readonly sync: boolean;
      readonly widget: boolean;
      readonly inactive: boolean;
    }
  | { readonly kind: 'input-guardrail'; readonly options: GuardrailOptions }
  | { readonly kind: 'output-guardrail' };

const DECLARATIONS = Symbol.for('nestjs-chatkit:declarations');

/** Keeps what a decorator says on the method itself. A method may have several. */
export function declare(target: object, key: string | symbol, declaration: Declaration): void {
  if (typeof target === 'function' || typeof key === 'symbol') {
    const owner = typeof target === 'function' ? target : target.constructor;
    throw new TypeError(`${owner.name}.${String(key)}: only methods of instances, with a name, are found`);
  }
  const method: unknown = Reflect.get(target, key);
  if (typeof method !== 'function') throw new TypeError(`${target.constructor.name}.${key} is no method`);
  Reflect.defineMetadata(DECLARATIONS, [...declarationsOf(method), declaration], method);
}

/** What has been said about a method. */
export function declarationsOf(method: object): readonly Declaration[] {
  return (Reflect.getOwnMetadata(DECLARATIONS, method) as readonly Declaration[] | undefined) ?? [];
}
