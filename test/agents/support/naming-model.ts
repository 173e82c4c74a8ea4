import { Usage, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';

const USAGE = { inputTokens: 40, outputTokens: 3, totalTokens: 43 };

type Done = Extract<StreamEvent, { type: 'response_done' }>['response'];

function messageOf(text: string): Done['output'] {
  return [
    { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] },
  ];
}

/** A model that streams an answer, and gives a title when and as the test wants. */
export class NamingModel implements Model {
  /** Requests for titles. */
  readonly asked: ModelRequest[] = [];
  /** Runs after the first word of each answer. */
  afterFirstWord: () => Promise<void> | void = () => undefined;

  /** @param title what it answers when it is asked for one, or fails with */
  constructor(private readonly title: () => Promise<string> | string) {}

  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    this.asked.push(request);
    return { usage: new Usage(USAGE), output: messageOf(await this.title()) };
  }

  async *getStreamedResponse(): AsyncGenerator<StreamEvent> {
    yield { type: 'output_text_delta', delta: 'Of ' };
    await this.afterFirstWord();
    yield { type: 'output_text_delta', delta: 'course.' };
    const usage = { ...USAGE, inputTokensDetails: { cached_tokens: 32 } };
    yield { type: 'response_done', response: { id: 'r', usage, output: messageOf('Of course.') } };
  }
}
