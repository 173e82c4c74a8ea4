import {
  Inject,
  Module,
  RequestMethod,
  type CanActivate,
  type DynamicModule,
  type FactoryProvider,
  type MiddlewareConsumer,
  type ModuleMetadata,
  type NestModule,
  type Provider,
  type Type,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { Model } from '@openai/agents';
import {
  AgentExtensions,
  ChatKitAgentsModule,
  assertDecorated,
  CHATKIT_SERVER_OPTIONS,
  RespondService,
} from '../agents/index.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { RequestContext } from '../auth/request-context.js';
import type { AgentsConfig } from '../config/agents.config.js';
import { agentFor } from './agent-needed.js';
import { alwaysAvailable, CHATKIT_AVAILABILITY, type ChatAvailability } from './availability.js';
import { chatKitController } from './chatkit.controller.js';
import { ChatKitEndpoint } from './chatkit.endpoint.js';
import { CHATKIT_SETTINGS, completeSettings, type ChatKitSettings } from './chatkit.settings.js';
import { CHATKIT_PATH, CHATKIT_SERVER } from './chatkit.tokens.js';
import { Store, type ChatKitServer, type ChatKitServerOptions } from './core/index.js';
import { CorsMiddleware } from './http/cors.middleware.js';
import { RequestLimits } from './http/request-limits.js';
import { RequestLimitsInterceptor } from './http/request-limits.interceptor.js';
import { ChatKitExceptionFilter } from './json-exception.filter.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import { provide, type ProviderSource } from './provider-source.js';
import { Heartbeat } from './sse/heartbeat.js';
import { RunningRequests } from './running-requests.js';

/** The agent that a `RespondService` runs. */
export interface AgentOptions {
  /** Usually `loadConfig(AgentsConfig, process.env)`. */
  readonly config: AgentsConfig;
  /** Any `Model` of the agents SDK. Default: the one that the configuration asks for. */
  readonly model?: Model;
}

/** What must be known when the module is declared. */
export interface ChatKitModuleBase extends Pick<ModuleMetadata, 'imports' | 'providers'> {
  /**
   * What answers. A class is made with the dependencies of its constructor, which come from `imports`,
   * `providers` or global modules, and one without a constructor with `store`; `{ useExisting: RespondService }`
   * takes one that is there already. Default: the `RespondService` that ships, with the agent of `agents`.
   */
  readonly server?: ProviderSource<ChatKitServer<RequestContext>>;
  /** Sets the agent up, as importing the ChatKitAgentsModule does. Needed without a `server`. */
  readonly agents?: AgentOptions;
  /**
   * Providers of which methods are tools, actions or guardrails; each has at least one that a decorator
   * declares. Their dependencies come from where those of `server` come from. They extend the agent: beside a
   * `server` of one's own, too, there have to be `agents` or an ChatKitAgentsModule.
   */
  readonly tools?: readonly Type<object>[];
  /**
   * Where conversations are kept, given to the server as its dependency `Store`. Without it the server has
   * to come by its store itself.
   */
  readonly store?: ProviderSource<Store<RequestContext>>;
  /** Gives every request its context, or refuses it. Default `JwtAuthGuard`, which needs the ChatKitAuthModule. */
  readonly guard?: Type<CanActivate>;
  /** Default `chatkit`. */
  readonly path?: string;
  /** Whether chat can be served. Default: always. */
  readonly availability?: ProviderSource<ChatAvailability>;
}

/** What `ChatKitModule.register()` takes. */
export interface ChatKitModuleOptions extends ChatKitModuleBase {
  /** Overrides of the defaults. */
  readonly settings?: Partial<ChatKitSettings>;
}

/** What `ChatKitModule.registerAsync()` takes. */
export interface ChatKitModuleAsyncOptions extends ChatKitModuleBase {
  /** Makes the overrides of the defaults, from what is injected. */
  readonly settings: Pick<FactoryProvider<Partial<ChatKitSettings>>, 'inject' | 'useFactory'>;
}

/**
 * `POST /chatkit`: the ChatKit protocol over HTTP. An application made with `bodyParser: false` leaves it to the
 * module to bound bodies in size and time; any other has bounds of its own, which come first.
 */
@Module({})
export class ChatKitModule implements NestModule {
  constructor(@Inject(CHATKIT_PATH) private readonly path: string) {}

  /**
   * With settings that are known when the module is declared.
   *
   * @throws ExtensionError when one of `tools` has no decorated method; at start, when there is no agent for them
   */
  static register(options: ChatKitModuleOptions): DynamicModule {
    return assemble(options, { provide: CHATKIT_SETTINGS, useValue: completeSettings(options.settings) });
  }

  /** With settings that come from other providers; otherwise as {@link ChatKitModule.register}. */
  static registerAsync(options: ChatKitModuleAsyncOptions): DynamicModule {
    const given = Symbol('given settings');
    return assemble(
      options,
      { provide: given, ...options.settings },
      { provide: CHATKIT_SETTINGS, inject: [given], useFactory: completeSettings },
    );
  }

  configure(consumer: MiddlewareConsumer): void {
    const { path } = this;
    consumer
      .apply(CorsMiddleware)
      .forRoutes({ path, method: RequestMethod.ALL }, { path: `${path}/*path`, method: RequestMethod.ALL });
  }
}

function assemble(options: ChatKitModuleBase, ...settings: Provider[]): DynamicModule {
  const {
    server = RespondService,
    agents,
    tools = [],
    store,
    guard = JwtAuthGuard,
    path = 'chatkit',
    availability = { useValue: alwaysAvailable() },
  } = options;
  if (options.server === undefined && agents === undefined) {
    throw new TypeError('ChatKitModule needs `agents`, for the server that ships, or a `server`');
  }
  assertDecorated(tools);
  const agent = agents === undefined ? [] : [ChatKitAgentsModule.register(agents.config, agents.model)];
  return {
    module: ChatKitModule,
    imports: [...(options.imports ?? []), ...agent],
    controllers: [chatKitController(path, guard)],
    providers: [
      ...(agents === undefined ? [] : [respondOptions]),
      ...(options.providers ?? []),
      ...tools,
      ...agentFor(tools),
      ...settings,
      ...(store === undefined ? [] : [provide<Store<RequestContext>>(Store, store)]),
      serverProvider(server, store !== undefined),
      provide(CHATKIT_AVAILABILITY, availability),
      { provide: CHATKIT_PATH, useValue: path },
      { provide: ChatKitLogger, useFactory: () => new ChatKitLogger() },
      ChatKitExceptionFilter,
      RequestLimits,
      { provide: APP_INTERCEPTOR, useClass: RequestLimitsInterceptor },
      RunningRequests,
      Heartbeat,
      ChatKitEndpoint,
    ],
    exports: [CHATKIT_SERVER, CHATKIT_AVAILABILITY, CHATKIT_SETTINGS, ChatKitLogger, ...agent],
  };
}

/** What a RespondService is made with unless `providers` say otherwise. */
const respondOptions: FactoryProvider<ChatKitServerOptions<RequestContext>> = {
  provide: CHATKIT_SERVER_OPTIONS,
  inject: [ChatKitLogger],
  useFactory: (logger: ChatKitLogger) => ({ logger }),
};

/** A class that overrides respond() alone has no constructor to say what it needs: it gets the store and the actions. */
function serverProvider(server: ProviderSource<ChatKitServer<RequestContext>>, hasStore: boolean): Provider {
  const declares = typeof server !== 'function' || Reflect.hasMetadata('design:paramtypes', server);
  if (declares || !hasStore) return provide(CHATKIT_SERVER, server);
  return {
    provide: CHATKIT_SERVER,
    inject: [Store, ChatKitLogger, { token: AgentExtensions, optional: true }],
    useFactory: (store: Store<RequestContext>, logger: ChatKitLogger, extensions?: AgentExtensions) =>
      new server(store, { logger, ...(extensions && { actions: extensions.actions }) }),
  };
}
