import OpenAI from 'openai';
import type { APIPromise } from 'openai/api-promise';
import { Stream } from 'openai/streaming';
import { LeadingThoughts, withoutThoughts } from '../convert/leading-thoughts.js';
import { textOf, thoughtsOf } from '../convert/text-of.js';
import { argumentsOf, CallPieces } from './call-pieces.js';

type Chunk = OpenAI.ChatCompletionChunk;
type Choice = OpenAI.ChatCompletionChunk.Choice;
type Completion = OpenAI.ChatCompletion;
type Params = OpenAI.ChatCompletionCreateParams;
type Options = OpenAI.RequestOptions;

/** A field of some providers: what the model thinks. */
interface Thinking {
  readonly reasoning_content?: unknown;
}

/**
 * Chat Completions as OpenAI speaks them, whichever provider answers: texts are strings, thoughts stand beside the
 * text, and each call of a tool has an index of its own.
 */
export class PlainCompletions extends OpenAI.Chat.Completions {
  override create(
    body: OpenAI.ChatCompletionCreateParamsNonStreaming,
    options?: Options,
  ): APIPromise<Completion>;
  override create(
    body: OpenAI.ChatCompletionCreateParamsStreaming,
    options?: Options,
  ): APIPromise<Stream<Chunk>>;
  override create(body: Params, options?: Options): APIPromise<Stream<Chunk> | Completion>;
  override create(body: Params, options?: Options): APIPromise<Stream<Chunk> | Completion> {
    return super.create(body, options)._thenUnwrap((answer) => {
      if (!(answer instanceof Stream)) return plainCompletion(answer);
      return new Stream(() => plainChunks(answer), answer.controller);
    });
  }
}

async function* plainChunks(chunks: Stream<Chunk>): AsyncGenerator<Chunk, void, undefined> {
  const answer = new PlainAnswer();
  let last: Chunk | undefined;
  for await (const chunk of chunks) {
    last = chunk;
    yield answer.next(chunk);
  }
  const content = answer.end();
  if (last !== undefined && content !== '') {
    yield { ...last, choices: [{ index: 0, delta: { content }, finish_reason: null }] };
  }
}

/** One answer in pieces. Only its first choice is read. */
class PlainAnswer {
  readonly #thoughts = new LeadingThoughts();
  readonly #calls = new CallPieces();

  next(chunk: Chunk): Chunk {
    const choice = chunk.choices?.[0];
    if (!choice?.delta || this.#isPlain(choice)) return chunk;
    return { ...chunk, choices: [this.#choice(choice), ...chunk.choices.slice(1)] };
  }

  /** The text that was held back. */
  end(): string {
    return this.#thoughts.end();
  }

  /** Whether it is a piece as most of them are, with nothing to do. */
  #isPlain({ index, delta }: Choice): boolean {
    const isText = typeof delta.content === 'string' && this.#thoughts.isPast;
    return isText && index === 0 && !delta.refusal && !delta.tool_calls;
  }

  #choice({ index, delta, ...rest }: Choice): Choice {
    const { thoughts, text } = this.#thoughts.next(textOf(delta.content));
    const { reasoning_content: told } = delta as Thinking;
    const thinking: Thinking = { reasoning_content: textOf(told) + thoughtsOf(delta.content) + thoughts };
    const { tool_calls: calls } = delta;
    return {
      index: index ?? 0,
      ...rest,
      delta: {
        ...delta,
        ...thinking,
        content: text,
        refusal: textOf(delta.refusal),
        ...(calls && { tool_calls: calls.map((piece) => this.#calls.next(piece)) }),
      },
    };
  }
}

function plainCompletion(completion: Completion): Completion {
  return { ...completion, choices: completion.choices?.map(plainChoice) };
}

function plainChoice({ message, ...rest }: OpenAI.ChatCompletion.Choice): OpenAI.ChatCompletion.Choice {
  const calls = message.tool_calls?.map((call) =>
    'function' in call
      ? { ...call, function: { ...call.function, arguments: argumentsOf(call.function.arguments) } }
      : call,
  );
  const content = withoutThoughts(textOf(message.content)) || null;
  const refusal = textOf(message.refusal) || null;
  return { ...rest, message: { ...message, content, refusal, ...(calls && { tool_calls: calls }) } };
}
