import OpenAI, { APIError, toFile } from 'openai';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import type { RequestContext } from '../auth/context/request-context.js';
import {
  InvalidRequestError,
  UnavailableError,
  type AudioInput,
  type Transcriber,
} from '../chatkit/core/index.js';
import type { AgentsConfig } from '../config/agents.config.js';

/** What browsers record, and what the API knows by the ending of the name. */
const ENDINGS: Readonly<Record<string, string>> = {
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
};

/** Bytes of a request besides the recording. */
const ENVELOPE = 4096;
/** Longest wait for a text, in milliseconds; someone looks at the composer meanwhile. */
const TIMEOUT_MS = 60_000;

export interface OpenAITranscriberOptions {
  readonly apiKey: string;
  /** Default: OpenAI's own. */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  /** Largest recording in bytes. */
  readonly maxBytes: number;
  /** Milliseconds. Default one minute. */
  readonly timeoutMs?: number;
}

/** Writes down recordings with the audio API of OpenAI, or of anything that speaks it. */
export class OpenAITranscriber implements Transcriber<RequestContext> {
  readonly #logger = new ChatKitLogger(OpenAITranscriber.name);
  readonly #client: OpenAI;

  constructor(private readonly options: OpenAITranscriberOptions) {
    const { apiKey, baseUrl, timeoutMs = TIMEOUT_MS } = options;
    this.#client = new OpenAI({
      apiKey,
      ...(baseUrl !== undefined && { baseURL: baseUrl }),
      timeout: timeoutMs,
      maxRetries: 0,
      logLevel: 'off',
    });
  }

  /** Bytes of the largest request that carries a recording: it comes as base64, in JSON. */
  get bodyLimit(): number {
    return Math.ceil(this.options.maxBytes / 3) * 4 + ENVELOPE;
  }

  /**
   * @throws InvalidRequestError naming what is wrong with the recording
   * @throws UnavailableError when the API does not answer, or refuses
   */
  async transcribe(audio: AudioInput, context: RequestContext): Promise<{ text: string }> {
    const { data, mediaType } = audio;
    const ending = ENDINGS[mediaType.toLowerCase()];
    if (ending === undefined) {
      const known = Object.keys(ENDINGS).join(', ');
      throw invalid('params.mime_type', `expected one of ${known}`);
    }
    if (data.length === 0) throw invalid('params.audio_base64', 'empty');
    if (data.length > this.options.maxBytes) {
      throw invalid('params.audio_base64', `larger than ${this.options.maxBytes} bytes`);
    }
    try {
      const file = await toFile(data, `speech.${ending}`, { type: mediaType });
      const { model } = this.options;
      const { text } = await this.#client.audio.transcriptions.create(
        { file, model, response_format: 'json' },
        { signal: context.signal },
      );
      return { text };
    } catch (error) {
      throw this.#refusal(error, context);
    }
  }

  #refusal(error: unknown, { signal }: RequestContext): Error {
    if (error instanceof APIError && error.status === 400) {
      return invalid('params.audio_base64', 'the recording could not be read');
    }
    if (!signal.aborted) {
      const status = error instanceof APIError ? error.status : undefined;
      const reason = error instanceof Error ? error.constructor.name : typeof error;
      this.#logger.warn('dictation failed', { reason, status });
    }
    return new UnavailableError('Dictation is not available at the moment');
  }
}

/** What the configuration asks for; undefined when it asks for no dictation. */
export function createTranscriber(config: AgentsConfig): OpenAITranscriber | undefined {
  const { apiKey, baseUrl, transcriptionModel: model, audioBytes: maxBytes } = config;
  if (apiKey === undefined || model === undefined) return undefined;
  return new OpenAITranscriber({ apiKey, baseUrl, model, maxBytes });
}

function invalid(field: string, problem: string): InvalidRequestError {
  return new InvalidRequestError(`${field}: ${problem}`, field);
}
