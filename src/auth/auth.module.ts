import {
  ConfigurableModuleBuilder,
  Inject,
  Logger,
  Module,
  type DynamicModule,
  type OnModuleInit,
} from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import { ChatKitAuthGuard } from './identity/chatkit-auth.guard.js';
import { CHATKIT_ADMIN_ROLE, CHATKIT_IDENTITY } from './identity/identity.port.js';
import { Authenticator } from './tokens/authenticator.js';
import { JwtStrategy } from './tokens/jwt.strategy.js';
import { TokenVerifier } from './tokens/token-verifier.js';

const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<AuthOptions>({
    moduleName: 'ChatKitAuth',
    optionsInjectionToken: AUTH_OPTIONS,
  })
    .setClassMethodName('forRoot')
    .build();

/**
 * Identity by bearer tokens (JWT), for all routes and for any controller of the host behind `ChatKitAuthGuard`. Has no
 * routes; `ChatKitSignInModule` beside it adds a sign-in for browsers. Imported once, available everywhere.
 */
@Module({
  providers: [
    JwtStrategy,
    TokenVerifier,
    Authenticator,
    { provide: CHATKIT_IDENTITY, useExisting: Authenticator },
    {
      provide: CHATKIT_ADMIN_ROLE,
      inject: [AUTH_OPTIONS],
      useFactory: ({ adminRole = 'admin' }: AuthOptions) => adminRole,
    },
    ChatKitAuthGuard,
  ],
  exports: [
    AUTH_OPTIONS,
    TokenVerifier,
    Authenticator,
    CHATKIT_IDENTITY,
    CHATKIT_ADMIN_ROLE,
    ChatKitAuthGuard,
  ],
})
export class ChatKitAuthModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(@Inject(AUTH_OPTIONS) private readonly options: AuthOptions) {
    super();
  }

  /** With whose tokens are taken: usually `authOptionsFrom(loadConfig(AuthConfig, process.env))`. */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    return { ...super.forRoot(options), global: true };
  }

  /** Like {@link ChatKitAuthModule.forRoot}, with options that are injected or awaited. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return { ...super.forRootAsync(options), global: true };
  }

  /** Says whose members these are: nobody should learn it from a refused token. */
  onModuleInit(): void {
    const { issuer, audience, development } = this.options;
    const why = development === undefined ? '' : ', the one for development, since AUTH_ISSUER is not set';
    new Logger('Auth').log(`Identity provider: ${issuer} (audience ${audience})${why}`);
  }
}
