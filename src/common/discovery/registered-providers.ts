import { Injectable } from '@nestjs/common';
import { ExtensionError } from './extension-error.js';
import { OwnProviders } from './own-providers.js';

/** Finds what the application has registered under a token for this assistant. */
@Injectable()
export class RegisteredProviders {
  constructor(private readonly own: OwnProviders) {}

  /**
   * The provider of this token; undefined when there is none. Complete from `onModuleInit()` on.
   *
   * @throws ExtensionError when it cannot serve many requests at once
   */
  find(token: symbol): unknown {
    return this.findAll(token)[0];
  }

  /**
   * All providers of this token, each once. Complete from `onModuleInit()` on.
   *
   * @throws ExtensionError when one cannot serve many requests at once
   */
  findAll(token: symbol): readonly unknown[] {
    const wrappers = this.own.providers().filter((provider) => provider.token === token);
    if (wrappers.some((wrapper) => wrapper.isTransient || !wrapper.isDependencyTreeStatic())) {
      throw new ExtensionError([`${token.description ?? 'a provider'} has to be a singleton`]);
    }
    return [...new Set(wrappers.map(({ instance }): unknown => instance))];
  }
}
