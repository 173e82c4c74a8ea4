import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { RequestContext } from '../../auth/request-context.js';
import type { UserMessageItem } from '../../chatkit/core/index.js';
import { AgentsConfig } from '../../config/agents.config.js';
import { ExtensionError } from '../extend/extension-error.js';
import { ORGANISATION_INSTRUCTIONS, PROFILE_PROVIDER } from '../tokens.js';
import type { OrganisationInstructions } from './organisation-instructions.js';
import { boundedProfile, type Profile, type ProfileProvider } from './profile-provider.js';
import { withinTime } from './within-time.js';

/** What the application knows of a request besides its conversation; absent is what nobody could tell. */
export interface GatheredContext {
  readonly profile?: Profile | undefined;
  readonly instructions?: string | undefined;
}

/**
 * Asks the application's providers what they know of a request, all at once. One that fails or takes too long
 * is logged and left out: the answer goes on without it.
 */
@Injectable()
export class ContextSources implements OnModuleInit {
  readonly #logger = new Logger(ContextSources.name);
  #profile: ProfileProvider | undefined;
  #organisation: OrganisationInstructions | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: AgentsConfig,
  ) {}

  /** @throws ExtensionError naming providers that cannot serve many requests at once */
  onModuleInit(): void {
    this.#profile = this.#registered(PROFILE_PROVIDER) as ProfileProvider | undefined;
    this.#organisation = this.#registered(ORGANISATION_INSTRUCTIONS) as OrganisationInstructions | undefined;
  }

  /** @param _message what is asked; undefined when something else is answered, such as a client tool's output */
  async gather(_message: UserMessageItem | undefined, context: RequestContext): Promise<GatheredContext> {
    const [profile, instructions] = await Promise.all([
      this.#ask('profile', context, (within) => this.#profile?.profile(within)),
      this.#ask('organisation instructions', context, (within) => this.#organisation?.instructions(within)),
    ]);
    return { profile: profile && boundedProfile(profile), instructions };
  }

  /** @param source its name in the log */
  async #ask<T>(
    source: string,
    context: RequestContext,
    ask: (context: RequestContext) => Promise<T> | T,
  ): Promise<T | undefined> {
    const { signal, correlationId } = context;
    try {
      return await withinTime(this.config.contextTimeoutMs, signal, async (within) =>
        ask(context.with({ signal: within })),
      );
    } catch (error) {
      if (signal.aborted) return undefined;
      const reason = error instanceof Error ? error.name : 'unexpected';
      this.#logger.warn({ message: 'a source of context failed', source, reason, correlationId });
      return undefined;
    }
  }

  /** The provider of this token, whichever module it is in. */
  #registered(token: symbol): unknown {
    const wrapper = this.discovery.getProviders().find((provider) => provider.token === token);
    if (wrapper === undefined) return undefined;
    if (wrapper.isTransient || !wrapper.isDependencyTreeStatic()) {
      throw new ExtensionError([`${token.description ?? 'a source of context'}: has to be a singleton`]);
    }
    return wrapper.instance;
  }
}
