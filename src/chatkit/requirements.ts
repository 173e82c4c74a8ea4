import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import { CheckedIdentity } from '../auth/identity/host-identity.js';
import { CHATKIT_IDENTITY } from '../auth/identity/identity.port.js';
import { OperatorError } from './core/errors.js';

/** Sees to it, before a request comes, that the application has what every endpoint needs. */
@Injectable()
export class Requirements implements OnModuleInit {
  /** @throws OperatorError where another framework than Express is to serve the routes, before they are mounted */
  constructor(
    private readonly discovery: DiscoveryService,
    { httpAdapter }: HttpAdapterHost,
  ) {
    // a test makes the adapter later, and an application context without HTTP has none
    const framework = (httpAdapter as HttpAdapterHost['httpAdapter'] | undefined)?.getType();
    if (framework === undefined || framework === 'express') return;
    throw new OperatorError(
      `ChatKitModule needs @nestjs/platform-express, and the application is made with ${framework}`,
    );
  }

  /** @throws OperatorError naming what is missing, or there twice */
  onModuleInit(): void {
    const sources = this.discovery
      .getProviders()
      .filter(({ token }) => token === CHATKIT_IDENTITY)
      .map(({ instance, host }): [unknown, string] => [sourceOf(instance), host?.name ?? '?']);
    const modules = [...new Map(sources).values()];
    if (modules.length === 0) {
      throw new OperatorError(
        'ChatKitModule does not know who sends a request: give it `identity`, or import ChatKitAuthModule',
      );
    }
    if (modules.length > 1) {
      throw new OperatorError(`Only one can say who sends a request, and there are: ${modules.join(', ')}`);
    }
  }
}

/** Several assistants may be given the same function. */
function sourceOf(identity: unknown): unknown {
  return identity instanceof CheckedIdentity ? identity.identify : identity;
}
