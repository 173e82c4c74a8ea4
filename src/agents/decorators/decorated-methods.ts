import { Injectable, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { declarationsOf, type Declaration } from './declaration.js';
import { ExtensionError } from '../../common/discovery/extension-error.js';
import { OwnProviders } from '../../common/discovery/own-providers.js';

/** A method that a decorator has declared to be something. */
export interface DecoratedMethod {
  /** Class and method, as `Weather.forecast`. */
  readonly where: string;
  readonly declaration: Declaration;
  /** Why it cannot serve, whatever it is declared to be. */
  readonly problem: string | undefined;
  /** Calls it on its instance. */
  call(...args: readonly unknown[]): unknown;
}

/** Finds the decorated methods of all providers that the application has for this assistant. */
@Injectable()
export class DecoratedMethods {
  constructor(private readonly own: OwnProviders) {}

  find(): DecoratedMethod[] {
    // an alias gives the instance of another provider once more
    const seen = new Set<object>();
    const inProviders = this.own.providers().flatMap((wrapper) => {
      const instance: unknown = wrapper.instance;
      if (isObject(instance)) {
        if (seen.has(instance)) return [];
        seen.add(instance);
      }
      return this.#methods(wrapper, problemOf(wrapper));
    });
    const inControllers = this.own
      .controllers()
      .flatMap((wrapper) => this.#methods(wrapper, 'belongs to a controller: it has to be in a provider'));
    return [...inProviders, ...inControllers];
  }

  #methods(wrapper: InstanceWrapper, problem: string | undefined): DecoratedMethod[] {
    const instance: unknown = wrapper.instance;
    const prototype = prototypeOf(wrapper);
    if (prototype === undefined) return [];
    return declaredIn(prototype).map(({ name, method, declaration }) => ({
      where: `${prototype.constructor.name}.${name}`,
      declaration,
      problem,
      call: (...args: readonly unknown[]): unknown => Reflect.apply(method, instance, args),
    }));
  }
}

/**
 * Sees to it that what is meant to extend the agent does.
 *
 * @throws ExtensionError naming the classes without a decorated method
 */
export function assertDecorated(classes: readonly Type<object>[]): void {
  const plain = classes.filter(
    ({ prototype }: { readonly prototype: object }) => declaredIn(prototype).length === 0,
  );
  if (plain.length === 0) return;
  throw new ExtensionError(plain.map(({ name }) => `${name}: no method is a tool, an action or a guardrail`));
}

interface Declared {
  readonly name: string;
  readonly method: (...args: unknown[]) => unknown;
  readonly declaration: Declaration;
}

const scanner = new MetadataScanner();

/** What decorators have said about the methods of a class, inherited ones included. */
function declaredIn(prototype: object): Declared[] {
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const method: unknown = Reflect.get(prototype, name);
    if (typeof method !== 'function') return [];
    return declarationsOf(method).map((declaration) => ({
      name,
      method: method as Declared['method'],
      declaration,
    }));
  });
}

function problemOf(wrapper: InstanceWrapper): string | undefined {
  if (wrapper.isTransient) return 'belongs to a transient provider: it has to be in a singleton';
  if (wrapper.isDependencyTreeStatic()) return undefined;
  return 'belongs to a request-scoped provider, or to one that depends on one: it has to be in a singleton';
}

function prototypeOf({ instance, metatype }: InstanceWrapper): object | undefined {
  const prototype: unknown = isObject(instance)
    ? Object.getPrototypeOf(instance)
    : typeof metatype === 'function' && metatype.prototype;
  return isObject(prototype) && prototype !== Object.prototype ? prototype : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
