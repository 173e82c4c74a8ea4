import 'reflect-metadata';
import type { GuardrailOptions } from './guardrail.decorators.js';
import type { ToolOptions } from './tool.decorator.js';

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
