import { Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { AUTH_OPTIONS } from './auth.options.js';
import { ChatKitAdminGuard } from './roles/admin.guard.js';
import { Authenticator } from './authenticator.js';
import { DevProviderModule } from './dev-provider/dev-provider.module.js';
import { PublicRoutes } from './http/public-routes.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { ChatKitRolesGuard } from './roles/roles.guard.js';
import { ProviderClient } from './session/provider-client.js';
import { Sealer } from './session/sealer.js';
import { SessionController } from './session/session.controller.js';
import { SessionCookie } from './session/session-cookie.js';
import { SignInCookies } from './session/sign-in-cookies.js';
import { SignInService } from './session/sign-in.service.js';
import { JwtStrategy } from './tokens/jwt.strategy.js';
import { TokenVerifier } from './tokens/token-verifier.js';
import type { DynamicModule, FactoryProvider, ModuleMetadata, Provider } from '@nestjs/common';
import type { AuthOptions } from './auth.options.js';

/** How `ChatKitAuthModule.registerAsync()` comes by its options. */
export interface ChatKitAuthModuleAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...injected: never[]) => AuthOptions | Promise<AuthOptions>;
}

/**
 * Identity: `JwtAuthGuard` and `ChatKitRolesGuard` for any controller, the portal's sign-in under `/auth`, and in
 * development an OpenID provider under `/oidc`. Registered once, available everywhere.
 */
@Module({})
export class ChatKitAuthModule implements OnModuleInit {
  constructor(@Inject(AUTH_OPTIONS) private readonly options: AuthOptions) {}

  /** @param options usually `authOptionsFrom(loadConfig(AuthConfig, process.env))` */
  static register(options: AuthOptions): DynamicModule {
    return assemble({ provide: AUTH_OPTIONS, useValue: options });
  }

  /** Like {@link ChatKitAuthModule.register}, with options that are injected or awaited. */
  static registerAsync(options: ChatKitAuthModuleAsyncOptions): DynamicModule {
    const { imports = [], inject = [], useFactory } = options;
    return assemble({ provide: AUTH_OPTIONS, inject, useFactory }, imports);
  }

  /** Says whose members these are: nobody should learn it from a refused token. */
  onModuleInit(): void {
    const { issuer, audience, development } = this.options;
    const why = development === undefined ? '' : ', the one for development, since AUTH_ISSUER is not set';
    new Logger('Auth').log(`Identity provider: ${issuer} (audience ${audience})${why}`);
  }
}

function assemble(options: Provider, imports: NonNullable<ModuleMetadata['imports']> = []): DynamicModule {
  return {
    module: ChatKitAuthModule,
    global: true,
    imports: [...imports, DevProviderModule],
    controllers: [SessionController],
    providers: [
      options,
      { provide: Sealer, inject: [AUTH_OPTIONS], useFactory: (given: AuthOptions) => Sealer.create(given) },
      PublicRoutes,
      SessionCookie,
      SignInCookies,
      ProviderClient,
      SignInService,
      JwtStrategy,
      TokenVerifier,
      Authenticator,
      JwtAuthGuard,
      ChatKitRolesGuard,
      ChatKitAdminGuard,
    ],
    exports: [
      AUTH_OPTIONS,
      PublicRoutes,
      SessionCookie,
      Authenticator,
      JwtAuthGuard,
      ChatKitRolesGuard,
      ChatKitAdminGuard,
    ],
  };
}
