import { Usage, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';

/** Answers every call with the same text and remembers what it was asked. */
export class RecordingModel implements Model {
  readonly requests: ModelRequest[] = [];

  constructor(private readonly text = 'Noted.') {}

  getResponse(): Promise<ModelResponse> {
    return Promise.resolve({ usage: new Usage(), output: [] });
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent> {
    this.requests.push(request);
    yield { type: 'output_text_delta', delta: this.text };
    yield {
      type: 'response_done',
      response: {
        id: 'r',
        usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
        output: [
          {
            type: 'message',
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: this.text }],
          },
        ],
      },
    };
  }

  get instructions(): string[] {
    return this.requests.map(({ systemInstructions }) => systemInstructions ?? '');
  }

  get inputs(): string[] {
    return this.requests.map(({ input }) => JSON.stringify(input));
  }
}
