import { callbackify } from 'node:util';
import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AUTH_OPTIONS, DEV_PROVIDER_PATH } from '../auth.options.js';
import { PublicRoutes } from '../http/public-routes.js';
import { SIGN_IN_PATHS, type SignInPaths } from '../session/sign-in-paths.js';
import { forThisComputer, type Middleware } from './this-computer.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthOptions, DevProviderOptions } from '../auth.options.js';

/** Injection token of the mounted provider; null where there is none. */
const DEV_PROVIDER = Symbol('DEV_PROVIDER');

async function middleware(
  options: AuthOptions,
  development: DevProviderOptions,
  routes: PublicRoutes,
  paths: SignInPaths,
): Promise<Middleware> {
  // Loaded on demand: a production server never has the code of the provider in memory.
  const { createDevProvider } = await import('./provider.factory.js');
  const { Interactions } = await import('./interactions.js');
  const provider = await createDevProvider(options, development, routes, paths);
  const interactions = new Interactions(provider, development.directory, routes, paths);
  const { host, protocol } = new URL(options.publicUrl);
  provider.proxy = true;
  const serve = provider.callback();
  const respond = callbackify(async (request: IncomingMessage, response: ServerResponse) => {
    if (!(await interactions.handle(request, response))) await serve(request, response);
  });
  return (request, response, next) => {
    // Whatever name the request came by, the provider speaks of itself by its public one.
    request.headers.host = host;
    request.headers['x-forwarded-host'] = host;
    request.headers['x-forwarded-proto'] = protocol.replace(':', '');
    respond(request, response, (error) => {
      if (error) next(error);
    });
  };
}

/** Made by the first request: only then is it known where the routes are that a sign-in comes back to. */
function whenAsked(make: () => Promise<Middleware>): Middleware {
  let made: Promise<Middleware> | undefined;
  const handler = callbackify(async () => {
    made ??= make();
    try {
      return await made;
    } catch (error) {
      made = undefined;
      throw error;
    }
  });
  return (request, response, next) => {
    handler((error, serve) => {
      if (error) next(error);
      else serve(request, response, next);
    });
  };
}

/**
 * Mounts the provider before the body parsers: it parses its own requests. Where an application is created
 * around an existing container, its server comes later than this; then it is mounted as soon as it is there.
 */
function mount(
  options: AuthOptions,
  host: HttpAdapterHost,
  routes: PublicRoutes,
  paths: SignInPaths,
): Middleware | null {
  const { development } = options;
  if (development === undefined) return null;
  const provider = whenAsked(() => middleware(options, development, routes, paths));
  const handler = development.reach === 'network' ? provider : forThisComputer(provider);
  host.init$.subscribe(() => {
    host.httpAdapter.use(DEV_PROVIDER_PATH, handler);
  });
  return handler;
}

/**
 * An OpenID provider under `/oidc` with members to try things out as: for development, beside `ChatKitAuthModule` and
 * `ChatKitSignInModule`. Does nothing unless `AuthOptions.development` is set, and answers this computer alone unless its
 * `reach` says otherwise.
 */
@Module({
  providers: [
    {
      provide: DEV_PROVIDER,
      inject: [AUTH_OPTIONS, HttpAdapterHost, PublicRoutes, SIGN_IN_PATHS],
      useFactory: mount,
    },
  ],
})
export class ChatKitDevProviderModule {}
