import {
  ConfigurableModuleBuilder,
  Inject,
  Module,
  RequestMethod,
  type CanActivate,
  type DynamicModule,
  type MiddlewareConsumer,
  type ModuleMetadata,
  type NestModule,
  type Type,
} from '@nestjs/common';
import { DiscoveryModule, RouterModule } from '@nestjs/core';
import { ChatKitIdentityModule } from '../auth/identity/identity.module.js';
import type { IdentityFunction } from '../auth/identity/host-identity.js';
import type { RequestContext } from '../auth/context/request-context.js';
import { CHATKIT_AVAILABILITY, type ChatAvailability } from '../common/availability.js';
import { chatKitController } from './chatkit.controller.js';
import { ChatKitEndpoint } from './chatkit.endpoint.js';
import { CHATKIT_SETTINGS, completeSettings, type ChatKitSettings } from './chatkit.settings.js';
import { CHATKIT_PATH, CHATKIT_SERVER, CHATKIT_SERVER_OPTIONS } from './chatkit.tokens.js';
import { Store, type ChatKitServer } from './core/index.js';
import { ChatKitIndicator } from './health/chatkit.indicator.js';
import { ReplicasIndicator } from './health/replicas.indicator.js';
import { CorsMiddleware, TokenCorsMiddleware } from './http/cors.middleware.js';
import { FairStarts } from './http/fair-starts.js';
import { RequestLimits } from './http/request-limits.js';
import { ChatKitExceptionFilter } from './json-exception.filter.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import { RequestGates } from '../common/gates/request-gates.js';
import { RequestGatesModule } from '../common/gates/request-gates.module.js';
import { ScopeLimitsModule } from '../common/limits/scope-limits.module.js';
import { ObserversModule } from '../common/observer/observers.module.js';
import { CHATKIT_SIGNALS, type Signals } from '../common/signals/signals.port.js';
import type { ConfigurableModule } from '../common/configurable-module.js';
import { systemClock } from '../common/clock.js';
import { provide, type ProviderSource } from './provider-source.js';
import { Requirements } from './requirements.js';
import { RunningRequests } from './running-requests.js';
import { serverOptions, serverProvider } from './server.provider.js';
import { Frames } from './sse/frames.js';
import { Heartbeat } from './sse/heartbeat.js';

/** What a factory of `ChatKitModule.forRootAsync()` makes. */
export interface ChatKitOptions {
  /** Limits and habits of the endpoint. What is left out has its default. */
  readonly settings?: Partial<ChatKitSettings>;
}

/** What must be known when the module is declared. */
export interface ChatKitExtras extends Pick<ModuleMetadata, 'imports' | 'providers'> {
  /**
   * What answers: `RespondService` of a `ChatKitAgentsModule` in `imports`, or a class of one's own. A class is made with
   * the dependencies of its constructor, which come from `imports`, `providers` or global modules; one without a
   * constructor with the `Store` and `CHATKIT_SERVER_OPTIONS`.
   */
  readonly server: ProviderSource<ChatKitServer<RequestContext>>;
  /** Where conversations are kept. Default: the `Store` of a global module, such as `ChatKitStoreModule`. */
  readonly store?: ProviderSource<Store<RequestContext>>;
  /**
   * Who sends a request, for all routes of ours in the application. Default: the one that `ChatKitAuthModule` or
   * `ChatKitIdentityModule` provides.
   */
  readonly identity?: IdentityFunction;
  /** Guards of the endpoint that come after the sender is known: rate limits, entitlements. Default none. */
  readonly guards?: readonly Type<CanActivate>[];
  /** Where the endpoint is, and the routes of `features` below it. Default `chatkit`. */
  readonly path?: string;
  /** Modules whose routes are below `path`: `ChatKitAdminModule`, `ChatKitDocumentsModule`. Default none. */
  readonly features?: readonly (Type<object> | DynamicModule)[];
  /** Whether chat can be served. Default: what `ChatKitStoreModule` knows of its database, else always. */
  readonly availability?: ProviderSource<ChatAvailability>;
  /**
   * How the processes of the service tell each other of answers. Default: `ChatKitStoreModule`'s, by LISTEN and NOTIFY,
   * where it serves with others; else each process knows its own alone.
   */
  readonly signals?: ProviderSource<Signals>;
}

/** What `ChatKitModule.forRoot()` takes. */
export type ChatKitModuleOptions = ChatKitOptions & ChatKitExtras;

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ChatKitOptions>({ moduleName: 'ChatKit' })
    .setClassMethodName('forRoot')
    .setExtras<Partial<ChatKitExtras>>(
      {
        imports: [],
        providers: [],
        server: undefined,
        store: undefined,
        identity: undefined,
        guards: [],
        path: 'chatkit',
        features: [],
        availability: undefined,
        signals: undefined,
      } as object,
      assemble,
    )
    .build();

const Configurable: ConfigurableModule<typeof OPTIONS_TYPE, typeof ASYNC_OPTIONS_TYPE> =
  ConfigurableModuleClass;

/** What `ChatKitModule.forRootAsync()` takes. */
export type ChatKitModuleAsyncOptions = typeof ASYNC_OPTIONS_TYPE & ChatKitExtras;

/**
 * `POST /chatkit`: the ChatKit protocol over HTTP. Each `forRoot()` is an assistant of its own, with its path, store and
 * agent. A body that the host's parser has read is taken as it is; with `bodyParser: false` its size and time are bounded
 * here.
 */
@Module({})
export class ChatKitModule extends Configurable implements NestModule {
  constructor(
    @Inject(CHATKIT_PATH) private readonly path: string,
    gates: RequestGates,
    limits: RequestLimits,
    starts: FairStarts,
  ) {
    super();
    gates.add('under way', (request, response, sender) => {
      limits.admit(request, response, sender);
      return undefined;
    });
    gates.add('turn', (request, response, sender) => starts.turn(sender, request, response));
  }

  /**
   * With settings that are known when the module is declared.
   *
   * @throws at start: OperatorError when there is no identity or more than one, or another framework than Express
   */
  static override forRoot(options: ChatKitModuleOptions): DynamicModule {
    return super.forRoot(options);
  }

  /** With settings that a factory makes; otherwise as {@link ChatKitModule.forRoot}. */
  static override forRootAsync(options: ChatKitModuleAsyncOptions): DynamicModule {
    return super.forRootAsync(options);
  }

  /** Answers what browsers ask before they call from another site. */
  configure(consumer: MiddlewareConsumer): void {
    const { path } = this;
    consumer.apply(CorsMiddleware).forRoutes({ path, method: RequestMethod.ALL });
    consumer.apply(TokenCorsMiddleware).forRoutes({ path: `${path}/*path`, method: RequestMethod.ALL });
  }
}

function assemble(definition: DynamicModule, extras: Partial<ChatKitExtras>): DynamicModule {
  const { server, store, identity, availability, signals, providers = [] } = extras;
  const { guards = [], path = 'chatkit', features = [] } = extras;
  if (server === undefined)
    throw new TypeError('ChatKitModule needs a `server`: RespondService, or one of your own');
  return {
    ...definition,
    imports: [
      DiscoveryModule,
      ObserversModule,
      ScopeLimitsModule,
      RequestGatesModule,
      ...(identity === undefined ? [] : [ChatKitIdentityModule.forRoot({ identity })]),
      ...(definition.imports ?? extras.imports ?? []),
      ...features,
      RouterModule.register([{ path, children: features.map(classOf) }]),
    ],
    controllers: [chatKitController(path, guards)],
    providers: [
      ...(definition.providers ?? []),
      serverOptions,
      ...providers,
      {
        provide: CHATKIT_SETTINGS,
        inject: [MODULE_OPTIONS_TOKEN],
        useFactory: ({ settings }: ChatKitOptions) => completeSettings(settings),
      },
      ...(store === undefined ? [] : [provide<Store<RequestContext>>(Store, store)]),
      ...(availability === undefined ? [] : [provide(CHATKIT_AVAILABILITY, availability)]),
      ...(signals === undefined ? [] : [provide(CHATKIT_SIGNALS, signals)]),
      serverProvider(server),
      { provide: CHATKIT_PATH, useValue: path },
      { provide: ChatKitLogger, useFactory: () => new ChatKitLogger() },
      ChatKitExceptionFilter,
      ChatKitIndicator,
      ReplicasIndicator,
      RequestLimits,
      { provide: FairStarts, useFactory: () => new FairStarts(systemClock) },
      RunningRequests,
      Heartbeat,
      Frames,
      ChatKitEndpoint,
      Requirements,
    ],
    exports: [
      CHATKIT_SERVER,
      CHATKIT_SERVER_OPTIONS,
      CHATKIT_SETTINGS,
      ChatKitIndicator,
      ReplicasIndicator,
      ChatKitLogger,
      ...(availability === undefined ? [] : [CHATKIT_AVAILABILITY]),
    ],
  };
}

function classOf(feature: Type<object> | DynamicModule): Type<object> {
  return typeof feature === 'function' ? feature : (feature.module as Type<object>);
}
