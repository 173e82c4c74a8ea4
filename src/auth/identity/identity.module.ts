import { ConfigurableModuleBuilder, Module, type DynamicModule } from '@nestjs/common';
import { ChatKitAuthGuard } from './chatkit-auth.guard.js';
import { CheckedIdentity, type IdentityFunction } from './host-identity.js';
import { CHATKIT_ADMIN_ROLE, CHATKIT_IDENTITY } from './identity.port.js';

/** What `ChatKitIdentityModule.forRoot()` takes. */
export interface ChatKitIdentityOptions {
  readonly identity: IdentityFunction;
  /** Role of a tenant's administrators, among the `roles` that `identity` tells. Default `admin`. */
  readonly adminRole?: string;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ChatKitIdentityOptions>({ moduleName: 'ChatKitIdentity' })
    .setClassMethodName('forRoot')
    .build();

/**
 * The identity that a host has already, for all routes: instead of `ChatKitAuthModule`, which reads tokens. Imported
 * once, available everywhere; `ChatKitModule.forRoot({ identity })` imports it by itself.
 */
@Module({
  providers: [
    {
      provide: CHATKIT_IDENTITY,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: ({ identity }: ChatKitIdentityOptions) => new CheckedIdentity(identity),
    },
    {
      provide: CHATKIT_ADMIN_ROLE,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: ({ adminRole = 'admin' }: ChatKitIdentityOptions) => adminRole,
    },
    ChatKitAuthGuard,
  ],
  exports: [CHATKIT_IDENTITY, CHATKIT_ADMIN_ROLE, ChatKitAuthGuard],
})
export class ChatKitIdentityModule extends ConfigurableModuleClass {
  /** With an identity that needs nothing of the application. */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    return { ...super.forRoot(options), global: true };
  }

  /** With one whose factory is given what it needs, such as a service of members. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return { ...super.forRootAsync(options), global: true };
  }
}
