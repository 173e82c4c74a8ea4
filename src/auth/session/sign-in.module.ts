import { Module, type DynamicModule } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { PublicRoutes } from '../http/public-routes.js';
import { EndedSessions } from './ended-sessions.js';
import { ProviderClient } from './provider-client.js';
import { Sealer } from './sealer.js';
import { SessionController } from './session.controller.js';
import { SessionCookie } from './session-cookie.js';
import { CHATKIT_SESSIONS } from './sessions.port.js';
import { SignInCookies } from './sign-in-cookies.js';
import { SIGN_IN_PATHS, signInPaths } from './sign-in-paths.js';
import { SignInService } from './sign-in.service.js';

/**
 * Sign-in for browsers with the OpenID provider of `AuthOptions.signIn`, kept in an encrypted cookie, which
 * `ChatKitAuthModule` then takes in place of a bearer token. Imported once, beside it.
 */
@Module({})
export class ChatKitSignInModule {
  /** At `path` are its routes: `login`, `callback`, `logout`, `me` and `session`. Default `auth`. */
  static forRoot({ path = 'auth' }: { readonly path?: string } = {}): DynamicModule {
    return {
      module: ChatKitSignInModule,
      global: true,
      imports: [RouterModule.register([{ path, module: ChatKitSignInModule }])],
      controllers: [SessionController],
      providers: [
        { provide: Sealer, inject: [AUTH_OPTIONS], useFactory: (given: AuthOptions) => Sealer.create(given) },
        { provide: SIGN_IN_PATHS, useValue: signInPaths(path) },
        PublicRoutes,
        EndedSessions,
        SessionCookie,
        { provide: CHATKIT_SESSIONS, useExisting: SessionCookie },
        SignInCookies,
        ProviderClient,
        SignInService,
      ],
      exports: [CHATKIT_SESSIONS, SIGN_IN_PATHS, PublicRoutes],
    };
  }
}
