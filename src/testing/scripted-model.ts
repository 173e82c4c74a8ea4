import { Usage, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';

/** What a model puts out in one turn. */
export type ScriptedOutput = Extract<StreamEvent, { type: 'response_done' }>['response']['output'];

const UNSCRIPTED = 'Nothing is scripted for this.';
const USAGE = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };

/**
 * A turn in which the model calls a tool.
 *
 * @param args an object, or the text a model would write, which may be wrong
 */
export function callOf(name: string, args: object | string): ScriptedOutput {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return [{ type: 'function_call', callId: `call_${name}`, name, status: 'completed', arguments: text }];
}

/** A turn in which the model says something. */
export function textOf(text: string): ScriptedOutput {
  return [
    { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] },
  ];
}

/**
 * A model for tests that reacts to what the user says, so that several may talk to it at once. What a tool
 * gave it repeats as `Result: …`. For a script of turns in a fixed order there is `ScriptedModel` of
 * `@openai/agents/testing`.
 */
export class ScriptedModel implements Model {
  /** What it has been asked, oldest first. */
  readonly requests: ModelRequest[] = [];

  /** @param script what it does when the newest message holds this text; the first that fits counts */
  constructor(private readonly script: Readonly<Record<string, ScriptedOutput>>) {}

  getResponse(request: ModelRequest): Promise<ModelResponse> {
    this.requests.push(request);
    return Promise.resolve({ usage: new Usage(USAGE), output: this.#answer(request) });
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent> {
    this.requests.push(request);
    const output = this.#answer(request);
    for (const item of output) {
      if (item.type !== 'message') continue;
      const [part] = item.content;
      if (part?.type === 'output_text') yield { type: 'output_text_delta', delta: part.text };
    }
    yield { type: 'response_done', response: { id: 'scripted', usage: USAGE, output } };
  }

  #answer({ input }: ModelRequest): ScriptedOutput {
    const last = typeof input === 'string' ? input : input.at(-1);
    if (typeof last === 'object' && last.type === 'function_call_result') {
      return textOf(`Result: ${JSON.stringify(last.output)}`);
    }
    const said = JSON.stringify(last) ?? '';
    const fitting = Object.entries(this.script).find(([text]) =>
      said.includes(JSON.stringify(text).slice(1, -1)),
    );
    return fitting?.[1] ?? textOf(UNSCRIPTED);
  }
}
