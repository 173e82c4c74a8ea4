import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { declarationsOf, type Declaration } from './declaration.js';

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

/** Finds the decorated methods of all providers of the application. */
@Injectable()
export class DecoratedMethods {
  readonly #scanner = new MetadataScanner();

  constructor(private readonly discovery: DiscoveryService) {}

  find(): DecoratedMethod[] {
    // an alias gives the instance of another provider once more
    const seen = new Set<object>();
    const inProviders = this.discovery.getProviders().flatMap((wrapper) => {
      const instance: unknown = wrapper.instance;
      if (isObject(instance)) {
        if (seen.has(instance)) return [];
        seen.add(instance);
      }
      return this.#methods(wrapper, problemOf(wrapper));
    });
    const inControllers = this.discovery
      .getControllers()
      .flatMap((wrapper) => this.#methods(wrapper, 'belongs to a controller: it has to be in a provider'));
    return [...inProviders, ...inControllers];
  }

  #methods(wrapper: InstanceWrapper, problem: string | undefined): DecoratedMethod[] {
    const instance: unknown = wrapper.instance;
    const prototype = prototypeOf(wrapper);
    if (prototype === undefined) return [];
    return this.#scanner.getAllMethodNames(prototype).flatMap((name) => {
      const method: unknown = Reflect.get(prototype, name);
      if (typeof method !== 'function') return [];
      return declarationsOf(method).map((declaration) => ({
        where: `${prototype.constructor.name}.${name}`,
        declaration,
        problem,
        call: (...args: readonly unknown[]): unknown => Reflect.apply(method, instance, args),
      }));
    });
  }
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
