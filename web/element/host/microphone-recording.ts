import type { Recording } from '../session/dictation.js';

/** Enough for speech, and little to send. */
const BITS_PER_SECOND = 24_000;

/** Begins to record what a microphone hears. */
export function record(stream: MediaStream, mimeType: string): Recording {
  try {
    return new MicrophoneRecording(stream, mimeType);
  } catch (thrown) {
    release(stream);
    throw thrown;
  }
}

class MicrophoneRecording implements Recording {
  readonly #recorder: MediaRecorder;
  readonly #chunks: Blob[] = [];
  readonly #sound = new AudioContext();
  readonly #meter: AnalyserNode;
  readonly #samples: Uint8Array<ArrayBuffer>;

  constructor(
    private readonly stream: MediaStream,
    readonly mimeType: string,
  ) {
    this.#recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#chunks.push(data));
    this.#meter = new AnalyserNode(this.#sound, { fftSize: 512 });
    this.#samples = new Uint8Array(this.#meter.fftSize);
    this.#sound.createMediaStreamSource(stream).connect(this.#meter);
    this.#recorder.start();
  }

  level(): number {
    this.#meter.getByteTimeDomainData(this.#samples);
    const loudest = this.#samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0);
    return loudest / 128;
  }

  finish(): Promise<Blob> {
    return new Promise((resolve) => {
      const give = (): void => {
        this.#close();
        resolve(new Blob(this.#chunks, { type: this.mimeType }));
      };
      // It has stopped by itself when the microphone was pulled out.
      if (this.#recorder.state === 'inactive') give();
      else {
        this.#recorder.addEventListener('stop', give, { once: true });
        this.#recorder.stop();
      }
    });
  }

  cancel(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    this.#close();
  }

  #close(): void {
    release(this.stream);
    void this.#sound.close();
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
