import type { ModelRequest, StreamEvent } from '@openai/agents';
import { ScriptedModel, textOf } from '../../../src/testing/index.js';

const PIECE = 'x'.repeat(256 << 10);
/** So many pieces are more than the operating system takes for a client that does not read. */
const PIECES = 64;

/** A model that answers, or does what it is asked to: fail, take its time, say too much. */
export class MoodyModel extends ScriptedModel {
  constructor() {
    super({ '': textOf('The museum opens at ten.') });
  }

  override async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent> {
    const asked = JSON.stringify(request.input);
    if (asked.includes('Fail')) throw new Error('the model is not there');
    const [delta, times] = asked.includes('Flood') ? [PIECE, PIECES] : ['Well', 1];
    if (asked.includes('Wait') || asked.includes('Flood')) {
      for (let time = 0; time < times; time += 1) yield { type: 'output_text_delta', delta };
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
