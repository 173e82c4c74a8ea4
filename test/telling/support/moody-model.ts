import type { ModelRequest } from '@openai/agents';
import type { StreamEvent } from '@openai/agents';
import { ScriptedModel, textOf } from '../../../src/testing/index.js';

/** More than the operating system takes for a client that does not read. */
const FLOOD = 'x'.repeat(16 << 20);

/** A model that answers, or does what it is asked to: fail, take its time, say too much. */
export class MoodyModel extends ScriptedModel {
  constructor() {
    super({ '': textOf('The museum opens at ten.') });
  }

  override async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent> {
    const asked = JSON.stringify(request.input);
    if (asked.includes('Fail')) throw new Error('the model is not there');
    if (asked.includes('Wait') || asked.includes('Flood')) {
      yield { type: 'output_text_delta', delta: asked.includes('Flood') ? FLOOD : 'Well' };
      await aborted(request.signal);
    }
    yield* super.getStreamedResponse(request);
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('left')), { once: true });
  });
}
