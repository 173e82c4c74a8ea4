import type { Model, ModelRequest, ModelResponse, StreamEvent } from '@openai/agents';

type Output = Extract<StreamEvent, { type: 'response_done' }>['response']['output'];

/** A call of a tool that the model makes. */
export function callOf(name: string, args: object | string): Output {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return [{ type: 'function_call', callId: `call_${name}`, name, status: 'completed', arguments: text }];
}

export function textOf(text: string): Output {
  return [
    { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] },
  ];
}

/** Calls the tool that the last user message is scripted for, and answers with its result. */
export class ScriptedModel implements Model {
  readonly requests: ModelRequest[] = [];

  /** @param script what it does for a text of the user; for what a tool gave it says `Result: …` */
  constructor(private readonly script: Readonly<Record<string, Output>>) {}

  getResponse(): Promise<ModelResponse> {
    return Promise.reject(new Error('not used'));
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent> {
    this.requests.push(request);
    const output = this.#answer(request);
    for (const item of output) {
      if (item.type !== 'message') continue;
      const [part] = item.content;
      if (part?.type === 'output_text') yield { type: 'output_text_delta', delta: part.text };
    }
    const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
    yield { type: 'response_done', response: { id: 'r', usage, output } };
  }

  #answer({ input }: ModelRequest): Output {
    if (typeof input === 'string') return this.script[input] ?? textOf('?');
    const last = input.at(-1);
    if (last?.type === 'function_call_result') return textOf(`Result: ${JSON.stringify(last.output)}`);
    const said = JSON.stringify(last);
    const key = Object.keys(this.script).find((text) => said.includes(text));
    return (key === undefined ? undefined : this.script[key]) ?? textOf('?');
  }
}
