import { Dictation } from './dictation.js';
import type { Recording } from './dictation.js';
import { Transport } from './transport.js';

/** A microphone that gives what the test says. */
class Microphone implements Recording {
  readonly mimeType = 'audio/webm;codecs=opus';
  released = false;

  constructor(private readonly sound = 'hello') {}

  level(): number {
    return 0.5;
  }

  async finish(): Promise<Blob> {
    this.released = true;
    return new Blob([this.sound]);
  }

  cancel(): void {
    this.released = true;
  }
}

function dictate(
  answer: (body: unknown) => Response | Promise<Response>,
  record: () => Promise<Recording> = async () => new Microphone(),
) {
  const errors: Error[] = [];
  const fetch = (_: string, init: RequestInit) => answer(JSON.parse(init.body as string));
  const dictation = new Dictation({
    record,
    transport: new Transport(() => ({ url: '/chatkit', fetch, locale: 'en' }), 'test'),
    signal: () => new AbortController().signal,
    report: (error) => errors.push(error),
  });
  return { dictation, errors };
}

const heard = (text: string) => () => Response.json({ text });
const thrown = (name: string) => async (): Promise<Recording> => {
  throw Object.assign(new Error('x'), { name });
};

describe('Dictation', () => {
  it('records, has the server write it down, and gives the text', async () => {
    const bodies: unknown[] = [];
    const microphone = new Microphone();
    const { dictation } = dictate(
      (body) => {
        bodies.push(body);
        return Response.json({ text: ' Hello there ' });
      },
      async () => microphone,
    );
    await dictation.start();
    expect(dictation.state.value).toEqual({ status: 'recording' });
    expect(dictation.level).toBe(0.5);
    const words = dictation.accept();
    expect(dictation.state.value).toEqual({ status: 'transcribing' });
    expect(await words).toBe('Hello there');
    expect(dictation.state.value).toEqual({ status: 'idle' });
    expect(microphone.released).toBe(true);
    const params = { audio_base64: 'aGVsbG8=', mime_type: 'audio/webm;codecs=opus' };
    expect(bodies).toEqual([{ type: 'input.transcribe', params }]);
  });

  it('encodes recordings of any length', async () => {
    const sent: string[] = [];
    const sound = 'long '.repeat(10_000);
    const { dictation } = dictate(
      (body) => {
        sent.push((body as { params: { audio_base64: string } }).params.audio_base64);
        return Response.json({ text: 'Long' });
      },
      async () => new Microphone(sound),
    );
    await dictation.start();
    await dictation.accept();
    expect(sent).toEqual([Buffer.from(sound).toString('base64')]);
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'no_microphone'],
    ['NotReadableError', 'failed'],
  ])('explains %s of the browser', async (name, problem) => {
    const { dictation, errors } = dictate(heard(''), thrown(name));
    await dictation.start();
    expect(dictation.state.value).toEqual({ status: 'idle', problem });
    expect(errors).toMatchObject([{ name }]);
  });

  it('says when nothing was heard, and when it could not be written down', async () => {
    const silent = dictate(heard('  '));
    await silent.dictation.start();
    expect(await silent.dictation.accept()).toBeUndefined();
    expect(silent.dictation.state.value).toEqual({ status: 'idle', problem: 'nothing' });

    const failing = dictate(() => new Response('', { status: 500 }));
    await failing.dictation.start();
    expect(await failing.dictation.accept()).toBeUndefined();
    expect(failing.dictation.state.value).toEqual({ status: 'idle', problem: 'failed' });
    expect(failing.errors).toMatchObject([{ code: 'server' }]);
  });

  it('lets go of the microphone when it is cancelled, also before the user has allowed it', async () => {
    const microphone = new Microphone();
    const asked = Promise.withResolvers<Recording>();
    const { dictation } = dictate(heard('x'), () => asked.promise);
    const starting = dictation.start();
    dictation.cancel();
    expect(dictation.state.value).toEqual({ status: 'idle' });
    asked.resolve(microphone);
    await starting;
    expect(microphone.released).toBe(true);
    expect(dictation.state.value).toEqual({ status: 'idle' });
  });

  it('gives no text when it is cancelled while it is written down', async () => {
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<Response>();
    const { dictation, errors } = dictate(() => {
      asked.resolve();
      return answered.promise;
    });
    await dictation.start();
    const words = dictation.accept();
    await asked.promise;
    dictation.cancel();
    answered.resolve(Response.json({ text: 'Too late' }));
    expect(await words).toBeUndefined();
    expect(dictation.state.value).toEqual({ status: 'idle' });
    expect(errors).toEqual([]);
  });
});
