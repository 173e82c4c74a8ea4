import { IsBoolean, IsIn, IsInt, IsOptional, IsUrl, Matches, Max, MaxLength, Min } from 'class-validator';
import { Env } from './validate.js';

/** How what was said before reaches the model. */
export type HistoryMode = 'prompt' | 'items';

/** The API by which a model is asked. */
export type ModelApi = 'responses' | 'chat_completions';

const HTTP_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** A model that users may choose. */
export interface OfferedModel {
  readonly id: string;
  readonly label: string;
}

/** The offline stand-in that says less, so that there is a choice without a key. */
export const OFFLINE_BRIEF_MODEL = 'offline-brief';

const OFFLINE_MODELS: readonly OfferedModel[] = [
  { id: 'offline', label: 'Offline' },
  { id: OFFLINE_BRIEF_MODEL, label: 'Offline, in brief' },
];

/** Which model answers, and how much it is given. */
export class AgentsConfig {
  @Env('OPENAI_API_KEY', {
    description: 'Key of the model API. Without it an offline model answers, and says so.',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  readonly apiKey?: string;

  @Env('OPENAI_BASE_URL', {
    description: 'Address of the model API, for anything that speaks the Responses API or Chat Completions.',
    defaultText: 'https://api.openai.com/v1',
  })
  @IsOptional()
  @IsUrl(HTTP_URL)
  readonly baseUrl?: string;

  @Env('CHATKIT_MODEL_API', {
    description: 'What that address speaks: `responses`, or `chat_completions` as most other providers do.',
  })
  @IsIn(['responses', 'chat_completions'])
  readonly modelApi: ModelApi = 'responses';

  @Env('CHATKIT_MODEL', { description: 'Name of the model.' })
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'must be a model name without spaces, 200 characters at most' })
  readonly model: string = 'gpt-5-mini';

  @Env('CHATKIT_MODELS', {
    description:
      'Further models that users may choose, separated by commas, each with a label if it has one: `gpt-5=Thorough`.',
  })
  @Matches(/^[\x21-\x3c\x3e-\x7e]{1,200}(=[^=]{1,100})?$/, {
    each: true,
    message: 'must be names of models without spaces, each followed by = and a label or not',
  })
  readonly models: string[] = [];

  @Env('CHATKIT_TITLES', {
    description: 'Who names new threads: `model`, or `words`, which takes the first words of the message.',
  })
  @IsIn(['model', 'words'])
  readonly titles: 'model' | 'words' = 'model';

  @Env('CHATKIT_SYSTEM_PROMPT', {
    description: 'Who the assistant is and how it answers, in place of the built-in text.',
  })
  @IsOptional()
  @MaxLength(20_000)
  readonly systemPrompt?: string;

  @Env('CHATKIT_HISTORY_LIMIT', { description: 'Most earlier messages the model is given, 0 to 100.' })
  @IsInt()
  @Min(0)
  @Max(100)
  readonly historyLimit: number = 10;

  @Env('CHATKIT_HISTORY_MODE', {
    description: '`prompt`: earlier messages as text in the instructions; `items`: as input of the model.',
  })
  @IsIn(['prompt', 'items'])
  readonly historyMode: HistoryMode = 'prompt';

  @Env('CHATKIT_HISTORY_CHARACTERS', {
    description: 'Most characters of earlier messages the model is given, 0 to 1000000.',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly historyCharacters: number = 16_000;

  @Env('CHATKIT_MODEL_FILE_BYTES', {
    description: 'Most bytes of attached files the model is given at once, the newest first, 0 to 50 MiB.',
  })
  @IsInt()
  @Min(0)
  @Max(50 * 1024 * 1024)
  readonly fileBytes: number = 20 * 1024 * 1024;

  @Env('CHATKIT_MODEL_FILE_CHARACTERS', {
    description:
      'Most characters of attached text files the model is given at once, the newest first, 0 to 1000000.',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly fileCharacters: number = 200_000;

  @Env('CHATKIT_PAGE_QUERY', {
    description:
      'Whether the model is told the query and fragment of the page’s address, which may hold what is nobody’s business.',
  })
  @IsBoolean()
  readonly pageQuery: boolean = false;

  @Env('CHATKIT_TRANSCRIPTION_MODEL', {
    description:
      'Model that writes dictation down, `gpt-4o-mini-transcribe` for instance. Without it there is no dictation.',
  })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'must be a model name without spaces, 200 characters at most' })
  readonly transcriptionModel?: string;

  @Env('CHATKIT_AUDIO_LIMIT', { description: 'Largest recording for dictation in bytes.' })
  @IsInt()
  @Min(1024)
  @Max(25 * 1024 * 1024)
  readonly audioBytes: number = 10 * 1024 * 1024;

  @Env('CHATKIT_CONTEXT_TIMEOUT_MS', {
    description:
      'Milliseconds after which an answer goes on without what a source of context (profile, documents) has not told.',
  })
  @IsInt()
  @Min(50)
  @Max(60_000)
  readonly contextTimeoutMs: number = 2000;

  @Env('CHATKIT_RETRIEVAL_TIMEOUT_MS', {
    description: 'Milliseconds after which an answer goes on without the passages a retriever has not found.',
  })
  @IsInt()
  @Min(50)
  @Max(60_000)
  readonly retrievalTimeoutMs: number = 1500;

  @Env('CHATKIT_RETRIEVAL_PASSAGES', {
    description: 'Most passages of documents the model is given for a message, 0 to 50; 0 searches nothing.',
  })
  @IsInt()
  @Min(0)
  @Max(50)
  readonly retrievalPassages: number = 6;

  @Env('CHATKIT_RETRIEVAL_CHARACTERS', {
    description: 'Most characters of passages the model is given for a message, 0 to 1000000.',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly retrievalCharacters: number = 8000;

  @Env('CHATKIT_MODEL_TIMEOUT_MS', {
    description: 'Longest a single call of the model may take, its whole answer included, in milliseconds.',
  })
  @IsInt()
  @Min(1000)
  @Max(1_800_000)
  readonly modelTimeoutMs: number = 300_000;

  @Env('CHATKIT_MODEL_RETRIES', {
    description: 'How often a call is repeated that failed before its answer began, 0 to 5.',
  })
  @IsInt()
  @Min(0)
  @Max(5)
  readonly modelRetries: number = 1;

  @Env('CHATKIT_MAX_TURNS', { description: 'Most calls of the model for one answer, 1 to 50.' })
  @IsInt()
  @Min(1)
  @Max(50)
  readonly maxTurns: number = 10;

  @Env('CHATKIT_TOOL_TIMEOUT_MS', {
    description: 'Milliseconds a tool may take that sets no time of its own, up to an hour.',
  })
  @IsInt()
  @Min(1)
  @Max(3_600_000)
  readonly toolTimeoutMs: number = 60_000;

  @Env('CHATKIT_TOOL_RESULT_MAX', {
    description: 'Most characters of the result of a tool that the model is given; the rest is cut.',
  })
  @IsInt()
  @Min(100)
  @Max(10_000_000)
  readonly toolResultMax: number = 50_000;

  @Env('CHATKIT_ASK_USER', { description: 'Gives the agent the tool `ask_user`: questions in a form.' })
  @IsBoolean()
  readonly askUser: boolean = true;

  @Env('CHATKIT_TRACING', { description: 'Export traces of the runs, without their content, to OpenAI.' })
  @IsBoolean()
  readonly tracing: boolean = false;

  @Env('CHATKIT_OFFLINE_DELAY_MS', {
    description: 'Pause between the words of the offline model, 0 to 1000 milliseconds.',
  })
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly offlineDelayMs: number = 20;

  @Env('CHATKIT_OFFLINE_BENCH', {
    description: 'Lets the offline model obey `bench deltas=N delay=MS` in a message, for load tests.',
  })
  @IsBoolean()
  readonly offlineBench: boolean = false;

  /** The models that may answer, the usual one first; one without a label is shown by its name. */
  get offeredModels(): readonly OfferedModel[] {
    if (this.apiKey === undefined && this.models.length === 0) return OFFLINE_MODELS;
    const others = this.models.map((entry) => {
      const [id = entry, label = id] = entry.split('=', 2);
      return { id, label };
    });
    return [{ id: this.model, label: this.model }, ...others];
  }
}
