import type { ModelRequest, StreamEvent } from '@openai/agents';
import { OfflineModel } from '../../../src/offline-model/index.js';

/** Pauses in its next answer when told to, however long a page takes to get there. */
export class PausingModel extends OfflineModel {
  #going = Promise.withResolvers<void>();

  constructor() {
    // an answer of 20 seconds: a busy machine comes too late for what lasts as short as elsewhere
    super({ delayMs: 20 });
    this.goOn();
  }

  pause(): void {
    this.#going = Promise.withResolvers<void>();
  }

  goOn(): void {
    this.#going.resolve();
  }

  override async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent, void, undefined> {
    let words = 0;
    for await (const event of super.getStreamedResponse(request)) {
      if (event.type === 'output_text_delta') words += 1;
      if (words === 50) await this.#going.promise;
      yield event;
    }
  }
}
