import { Injectable } from '@nestjs/common';
import { systemClock } from '../common/clock.js';
import { type AgentContext } from '../agents/index.js';
import { AgentsConfig } from '../config/agents.config.js';

/** Lets work that takes no time take some, so that one can watch it: as slow as the offline model writes. */
@Injectable()
export class Pace {
  constructor(private readonly config: AgentsConfig) {}

  /** Waits for as long as that many words take, or until the user leaves. */
  words(count: number, { requestContext }: AgentContext): Promise<void> {
    return systemClock.sleep(this.config.offlineDelayMs * count, requestContext.signal);
  }
}
