import type { StreamEvent } from '@openai/agents';
import { RunFeed } from '../../src/agents/index.js';
import type { Cues } from './cues.js';

/** A feed which tells when an event of the model has been dealt with. */
export class ReportedFeed extends RunFeed {
  #inHand = false;

  constructor(
    private readonly cues: Cues,
    isJudged: boolean,
  ) {
    super({ isJudged });
  }

  override take(): ReturnType<RunFeed['take']> {
    if (this.#inHand) this.cues.delivered();
    const next = super.take();
    this.#inHand = next?.type === 'model';
    return next;
  }

  override push(event: StreamEvent): Promise<void> | undefined {
    if (this.isClosed && event.type === 'model') this.cues.delivered();
    return super.push(event);
  }
}
