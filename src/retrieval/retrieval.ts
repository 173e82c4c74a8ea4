import { Injectable, type OnModuleInit } from '@nestjs/common';
import { nameOf } from '../common/name-of.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import type { RequestContext } from '../auth/context/request-context.js';
import type { UserMessageItem } from '../chatkit/core/index.js';
import { AgentsConfig } from '../config/agents.config.js';
import { withinTime } from '../common/within-time.js';
import { RegisteredProviders } from '../common/discovery/registered-providers.js';
import { bestOf } from './best-of.js';
import { DegradedRetrieval } from './degraded-retrieval.js';
import { RetrievalHealth } from './retrieval-health.js';
import { CHATKIT_RETRIEVER, type Passage, type Retriever } from './retriever.js';
import { cut } from '../chatkit/core/cut.js';

const MAX_QUERY = 2000;

/**
 * Asks the retrievers of the application for what fits a message. One that fails or takes too long is logged once,
 * degrades health until it succeeds again, and is left out.
 */
@Injectable()
export class Retrieval implements OnModuleInit {
  readonly #logger = new ChatKitLogger(Retrieval.name);
  #retrievers: readonly Retriever[] = [];

  constructor(
    private readonly providers: RegisteredProviders,
    private readonly config: AgentsConfig,
    private readonly health: RetrievalHealth,
  ) {}

  /** @throws ExtensionError naming a retriever that cannot serve many requests at once */
  onModuleInit(): void {
    this.#retrievers = this.providers.findAll(CHATKIT_RETRIEVER) as readonly Retriever[];
    this.health.retrievers = this.#retrievers.length;
  }

  /** The best passages first; none when there is no message, or when nothing was found in time. */
  async passages(message: UserMessageItem | undefined, context: RequestContext): Promise<readonly Passage[]> {
    const query = message === undefined ? '' : queryOf(message);
    const { retrievalPassages: limit, retrievalCharacters } = this.config;
    if (query === '' || limit === 0) return [];
    const found = await Promise.all(
      this.#retrievers.map((retriever, index) => this.#ask(retriever, index, query, context)),
    );
    return bestOf(found, limit, retrievalCharacters);
  }

  async #ask(
    retriever: Retriever,
    index: number,
    query: string,
    context: RequestContext,
  ): Promise<readonly Passage[]> {
    const { signal } = context;
    const { retrievalTimeoutMs: timeoutMs, retrievalPassages: limit } = this.config;
    try {
      const found = await withinTime(timeoutMs, signal, (within) =>
        retriever.retrieve(query, context.with({ signal: within }), { limit, signal: within, timeoutMs }),
      );
      this.health.succeeded(index);
      return found;
    } catch (error) {
      if (signal.aborted) return [];
      const reason = nameOf(error instanceof DegradedRetrieval ? error.cause : error);
      // a line per message would bury what happens besides an outage
      if (this.health.failed(index, reason)) {
        this.#logger.warn('a retriever failed', { retriever: index, reason });
      }
      return error instanceof DegradedRetrieval ? error.passages : [];
    }
  }
}

/** What the user has typed and marked. */
function queryOf({ content, quoted_text: quoted }: UserMessageItem): string {
  const typed = content.map(({ text }) => text).join('');
  return cut([typed, quoted ?? ''].join('\n').trim(), MAX_QUERY);
}
