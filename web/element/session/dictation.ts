import { asError, asFailure, isAbort } from './failure.js';
import { record, text } from './json.js';
import { Store } from './store.js';
import type { Transport } from './transport.js';

/** The microphone, while it records. */
export interface Recording {
  readonly mimeType: string;
  /** How loud it is now, from 0 to 1. */
  level(): number;
  /** Lets go of the microphone and gives what was recorded. */
  finish(): Promise<Blob>;
  /** Lets go of the microphone and forgets what was recorded. */
  cancel(): void;
}

/** Begins to record; rejects with the browser's own error when the user or the machine has no microphone to give. */
export type StartRecording = () => Promise<Recording>;

export type DictationProblem = 'denied' | 'no_microphone' | 'nothing' | 'failed';

export interface DictationState {
  readonly status: 'idle' | 'starting' | 'recording' | 'transcribing';
  readonly problem?: DictationProblem;
}

export interface DictationHost {
  /** Undefined where the browser cannot record. */
  readonly record: StartRecording | undefined;
  readonly transport: Transport;
  /** Ends when the element leaves the page. */
  readonly signal: () => AbortSignal;
  report(error: Error): void;
}

/** Seconds after which a recording is taken as it is. */
export const MAX_DICTATION = 180;

const IDLE: DictationState = { status: 'idle' };

/** Speech on its way to text: one recording at a time, written down by the server. */
export class Dictation {
  readonly state = new Store<DictationState>(IDLE);
  #recording: Recording | undefined;
  /** Aborted when what is running is no longer wanted. */
  #round = new AbortController();

  constructor(private readonly host: DictationHost) {}

  get supported(): boolean {
    return this.host.record !== undefined;
  }

  /** How loud it is now, from 0 to 1. */
  get level(): number {
    return this.#recording?.level() ?? 0;
  }

  async start(): Promise<void> {
    const { record: begin } = this.host;
    if (!begin || this.state.value.status !== 'idle') return;
    const { signal } = (this.#round = new AbortController());
    this.state.set({ status: 'starting' });
    try {
      const recording = await begin();
      if (signal.aborted) {
        recording.cancel();
        return;
      }
      this.#recording = recording;
      this.state.set({ status: 'recording' });
    } catch (thrown) {
      if (signal.aborted) return;
      this.host.report(asError(thrown));
      this.state.set({ status: 'idle', problem: problemOf(thrown) });
    }
  }

  /** Ends the recording and gives its text; undefined when there is none, which the state explains. */
  async accept(): Promise<string | undefined> {
    const recording = this.#recording;
    if (!recording) return undefined;
    this.#recording = undefined;
    const { signal } = this.#round;
    this.state.set({ status: 'transcribing' });
    try {
      const audio = await recording.finish();
      const words = await this.#transcribe(
        audio,
        recording.mimeType,
        AbortSignal.any([signal, this.host.signal()]),
      );
      if (signal.aborted) return undefined;
      this.state.set(words === '' ? { status: 'idle', problem: 'nothing' } : IDLE);
      return words === '' ? undefined : words;
    } catch (thrown) {
      if (signal.aborted) return undefined;
      if (!isAbort(thrown)) this.host.report(asFailure(thrown));
      this.state.set({ status: 'idle', problem: 'failed' });
      return undefined;
    }
  }

  /** Forgets what is being recorded or written down. */
  cancel(): void {
    this.#round.abort();
    this.#recording?.cancel();
    this.#recording = undefined;
    this.state.set(IDLE);
  }

  async #transcribe(audio: Blob, mimeType: string, signal: AbortSignal): Promise<string> {
    if (audio.size === 0) return '';
    const params = { audio_base64: base64Of(new Uint8Array(await audio.arrayBuffer())), mime_type: mimeType };
    const answer = await this.host.transport.request({ type: 'input.transcribe', params }, signal);
    return text(record(answer).text)?.trim() ?? '';
  }
}

function problemOf(thrown: unknown): DictationProblem {
  const { name } = asError(thrown);
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' ? 'no_microphone' : 'failed';
}

/** Bytes that one call turns into characters: more would be too many arguments. */
const CHUNK = 8_192;

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return btoa(parts.join(''));
}
