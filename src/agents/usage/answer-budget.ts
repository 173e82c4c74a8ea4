import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { TenantScope } from '../../chatkit/core/index.js';
import { RegisteredProviders } from '../../common/discovery/registered-providers.js';
import { CHATKIT_ANSWER_BUDGET } from '../tokens.js';

/** Says who may have an answer. */
export interface AnswerBudget {
  /** Why the user may have none now, in words for the user; undefined when they may. */
  refusal(scope: TenantScope): Promise<string | undefined>;
}

/** Asks what the application has registered before an answer begins. */
@Injectable()
export class AnswerBudgets implements OnModuleInit {
  #budget: AnswerBudget | undefined;

  constructor(private readonly providers: RegisteredProviders) {}

  onModuleInit(): void {
    this.#budget = this.providers.find(CHATKIT_ANSWER_BUDGET) as AnswerBudget | undefined;
  }

  /** As {@link AnswerBudget.refusal}; undefined at once where nothing is registered. */
  refusal(scope: TenantScope): Promise<string | undefined> | undefined {
    return this.#budget?.refusal(scope);
  }
}
