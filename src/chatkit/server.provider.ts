import type { FactoryProvider, Provider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { RequestContext } from '../auth/context/request-context.js';
import {
  CHATKIT_ACTIONS,
  CHATKIT_ATTACHMENT_STORE,
  CHATKIT_FEEDBACK_STORE,
  CHATKIT_SERVER,
  CHATKIT_SERVER_OPTIONS,
  CHATKIT_TRANSCRIBER,
} from './chatkit.tokens.js';
import { CHATKIT_SETTINGS, type ChatKitSettings } from './chatkit.settings.js';
import { OperatorError } from './core/errors.js';
import { ChatKitServer, Store, type ChatKitServerOptions } from './core/index.js';
import { CHATKIT_SIGNALS, type Signals } from '../common/signals/signals.port.js';
import { ReplicatedAnswers } from './answers/replicated-answers.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import { provide, type ProviderSource } from './provider-source.js';

// The constructor of ChatKitServer as Nest reads constructors: a class that overrides respond() alone inherits it. The
// core itself knows nothing of Nest.
Reflect.defineMetadata('design:paramtypes', [Store, CHATKIT_SERVER_OPTIONS], ChatKitServer);

/** What the modules of an application add to the protocol, each found where it is there. */
export const serverOptions: FactoryProvider<ChatKitServerOptions<RequestContext>> = {
  provide: CHATKIT_SERVER_OPTIONS,
  inject: [
    ChatKitLogger,
    CHATKIT_SETTINGS,
    { token: CHATKIT_ACTIONS, optional: true },
    { token: CHATKIT_ATTACHMENT_STORE, optional: true },
    { token: CHATKIT_FEEDBACK_STORE, optional: true },
    { token: CHATKIT_TRANSCRIBER, optional: true },
    { token: CHATKIT_SIGNALS, optional: true },
  ],
  useFactory: (
    logger: ChatKitLogger,
    { saveWithinMs }: ChatKitSettings,
    actions?: ChatKitServerOptions<RequestContext>['actions'],
    attachmentStore?: ChatKitServerOptions<RequestContext>['attachmentStore'],
    feedbackStore?: ChatKitServerOptions<RequestContext>['feedbackStore'],
    transcriber?: ChatKitServerOptions<RequestContext>['transcriber'],
    signals?: Signals,
  ) => ({
    logger,
    saveWithinMs,
    ...(actions && { actions }),
    ...(attachmentStore && { attachmentStore }),
    ...(feedbackStore && { feedbackStore }),
    ...(transcriber && { transcriber }),
    ...(signals && { answersElsewhere: new ReplicatedAnswers(signals) }),
  }),
};

/** The server that answers; a class is made with the dependencies of its constructor. */
export function serverProvider(server: ProviderSource<ChatKitServer<RequestContext>>): Provider {
  if (typeof server !== 'function') return provide(CHATKIT_SERVER, server);
  return {
    provide: CHATKIT_SERVER,
    inject: [ModuleRef],
    useFactory: (modules: ModuleRef) => made(server, modules),
  };
}

/** @throws OperatorError naming in our words what nobody provides */
async function made(
  server: Type<ChatKitServer<RequestContext>>,
  modules: ModuleRef,
): Promise<ChatKitServer<RequestContext>> {
  try {
    return await modules.create(server);
  } catch (error) {
    const missing = missingDependency(error);
    if (missing === undefined) throw error;
    throw new OperatorError(
      `ChatKitModule: ${server.name} needs ${missing}, which nobody provides. ${hintFor(missing)}`,
      {
        cause: error,
      },
    );
  }
}

function missingDependency(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.constructor.name !== 'UnknownDependenciesException')
    return undefined;
  const { context } = error as Error & { readonly context?: { readonly name?: unknown } };
  return nameOf(context?.name);
}

function nameOf(token: unknown): string | undefined {
  if (typeof token === 'function') return token.name;
  return typeof token === 'symbol' || typeof token === 'string' ? String(token) : undefined;
}

function hintFor(missing: string): string {
  if (missing === Store.name) return 'Give it a `store`, or import ChatKitStoreModule.';
  return 'Import the module that exports it in its `imports`: ChatKitAgentsModule, for what belongs to an agent.';
}
