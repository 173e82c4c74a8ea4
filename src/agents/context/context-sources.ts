import { Injectable, type OnModuleInit } from '@nestjs/common';
import { nameOf } from '../../common/name-of.js';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type { RequestContext } from '../../auth/context/request-context.js';
import type { UserMessageItem } from '../../chatkit/core/index.js';
import { AgentsConfig } from '../../config/agents.config.js';
import { RegisteredProviders } from '../../common/discovery/registered-providers.js';
import { Retrieval } from '../../retrieval/retrieval.js';
import type { Passage } from '../../retrieval/retriever.js';
import { CHATKIT_TENANT_INSTRUCTIONS, CHATKIT_PROFILE_PROVIDER } from '../tokens.js';
import type { TenantInstructions } from './tenant-instructions.js';
import { boundedProfile, type Profile, type ProfileProvider } from './profile-provider.js';
import { withinTime } from '../../common/within-time.js';

/** What the application knows of a request besides its conversation; absent is what nobody could tell. */
export interface GatheredContext {
  readonly profile?: Profile | undefined;
  readonly instructions?: string | undefined;
  /** What fits the message, the best first. */
  readonly passages?: readonly Passage[] | undefined;
}

/**
 * Asks the application's providers what they know of a request, all at once. One that fails or takes too long
 * is logged and left out: the answer goes on without it.
 */
@Injectable()
export class ContextSources implements OnModuleInit {
  readonly #logger = new ChatKitLogger(ContextSources.name);
  #profile: ProfileProvider | undefined;
  #organisation: TenantInstructions | undefined;

  constructor(
    private readonly providers: RegisteredProviders,
    private readonly config: AgentsConfig,
    private readonly retrieval: Retrieval,
  ) {}

  /** @throws ExtensionError naming providers that cannot serve many requests at once */
  onModuleInit(): void {
    this.#profile = this.providers.find(CHATKIT_PROFILE_PROVIDER) as ProfileProvider | undefined;
    this.#organisation = this.providers.find(CHATKIT_TENANT_INSTRUCTIONS) as TenantInstructions | undefined;
  }

  /** @param message what is asked; undefined when something else is answered, such as a client tool's output */
  async gather(message: UserMessageItem | undefined, context: RequestContext): Promise<GatheredContext> {
    const [profile, instructions, passages] = await Promise.all([
      this.#ask('profile', context, (within) => this.#profile?.profile(within)),
      this.#ask('organisation instructions', context, (within) => this.#organisation?.instructions(within)),
      this.retrieval.passages(message, context),
    ]);
    return { profile: profile && boundedProfile(profile), instructions, passages };
  }

  /** @param source its name in the log */
  async #ask<T>(
    source: string,
    context: RequestContext,
    ask: (context: RequestContext) => Promise<T> | T,
  ): Promise<T | undefined> {
    const { signal } = context;
    try {
      return await withinTime(this.config.contextTimeoutMs, signal, async (within) =>
        ask(context.with({ signal: within })),
      );
    } catch (error) {
      if (signal.aborted) return undefined;
      this.#logger.warn('a source of context failed', { source, reason: nameOf(error) });
      return undefined;
    }
  }
}
