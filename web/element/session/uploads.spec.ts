import { Stage, answerItem, created, done, eventStream, mayStop, stopAll, userItem } from './testing.js';
import type { SentFile, SentRequest } from './testing.js';

afterEach(stopAll);

const TWO_PHASE = { api: { url: '/chatkit', uploadStrategy: { type: 'two_phase' } } };
const DIRECT = {
  api: { url: '/chatkit', uploadStrategy: { type: 'direct', uploadUrl: 'https://files.test/in' } },
};

const text = (name = 'notes.txt', size = 5): File =>
  new File(['x'.repeat(size)], name, { type: 'text/plain' });
const picture = (size = 5): File => new File(['x'.repeat(size)], 'cat.png', { type: 'image/png' });

function attachment(id: string, more: object = {}): Record<string, unknown> {
  return { type: 'file', id, name: 'notes.txt', mime_type: 'text/plain', ...more };
}

const descriptor = (more: object = {}): object => ({
  upload_descriptor: { url: 'https://files.test/1', method: 'POST', headers: { 'x-key': 'k' }, ...more },
});

/** A server that takes everything; `more` is added to the attachments it creates. */
function willing(more: object = descriptor()) {
  let serial = 0;
  return ({ type }: SentRequest): Response => {
    if (type === 'attachments.create') return Response.json(attachment(`atc_${++serial}`, more));
    if (type === 'attachments.delete') return Response.json({});
    return eventStream(created, done(userItem('m1')), mayStop, done(answerItem('a1', 'Seen')));
  };
}

const uploads = (stage: Stage) => stage.session.uploads.state.value.uploads;
const statuses = (stage: Stage): string[] => uploads(stage).map(({ status }) => status);
const settled = (stage: Stage): Promise<void> =>
  stage.until(() => !statuses(stage).includes('uploading'), stage.session.uploads.state);
const keyOf = (stage: Stage): number => uploads(stage)[0]?.key ?? -1;

function open(options: object = TWO_PHASE, answer: Stage['answer'] = willing()): Stage {
  const stage = new Stage(answer, { ...options });
  stage.session.start();
  return stage;
}

function limited(attachments: object): Stage {
  return open({ ...TWO_PHASE, composer: { attachments } });
}

/** An upload that only ends when it is ended. */
function untilAborted({ signal }: RequestInit): Promise<Response> {
  return new Promise((_, reject) =>
    signal?.addEventListener('abort', () => reject(new DOMException('x', 'AbortError'))),
  );
}

const sending = (stage: Stage): Promise<void> => stage.until(() => stage.files.length === 1);
const refused = (stage: Stage): unknown => stage.session.uploads.state.value.refusals;
const idle = (stage: Stage): Promise<void> => stage.until(() => stage.session.state.value.turn === 'idle');

describe('A file put into the composer', () => {
  it('is announced, sent as a form to where the server says, and then ready', async () => {
    const stage = open();
    stage.session.uploads.add([text()]);
    expect(statuses(stage)).toEqual(['uploading']);
    await settled(stage);
    expect(stage.requests).toEqual([
      { type: 'attachments.create', params: { name: 'notes.txt', size: 5, mime_type: 'text/plain' } },
    ]);
    const [sent] = stage.files as [SentFile];
    expect(sent).toMatchObject({ url: 'https://files.test/1', method: 'POST', headers: { 'x-key': 'k' } });
    expect((sent.body as FormData).get('file')).toMatchObject({ name: 'notes.txt', size: 5 });
    expect(uploads(stage)).toMatchObject([{ status: 'ready', attachment: { id: 'atc_1', size: 5 } }]);
  });

  it('never carries the headers of the chat to its upload address', async () => {
    const stage = open(TWO_PHASE, willing(descriptor({ headers: { 'Content-Type': 'text/plain' } })));
    stage.session.uploads.add([text()]);
    await settled(stage);
    expect(stage.files[0]?.headers).toEqual({});
    expect(stage.files[0]?.signal).toBeInstanceOf(AbortSignal);
  });

  it('goes as bare bytes with the headers of the server where it asks for PUT', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    const stage = open(TWO_PHASE, willing(descriptor({ method: 'PUT', headers })));
    stage.session.uploads.add([text()]);
    await settled(stage);
    expect(stage.files[0]).toMatchObject({ method: 'PUT', headers, body: { name: 'notes.txt', size: 5 } });
  });

  it('goes to the address that older servers give', async () => {
    const stage = open(TWO_PHASE, willing({ upload_url: 'https://files.test/old' }));
    stage.session.uploads.add([text()]);
    await settled(stage);
    expect(stage.files[0]).toMatchObject({ url: 'https://files.test/old', method: 'POST' });
  });

  it('goes straight to the upload address of the direct strategy, which answers with the attachment', async () => {
    const stage = open(DIRECT);
    stage.answerFile = () =>
      Response.json(attachment('atc_9', { type: 'image', preview_url: 'https://x.test/p' }));
    stage.session.uploads.add([picture()]);
    await settled(stage);
    expect(stage.requests).toEqual([]);
    expect(stage.files).toMatchObject([{ url: 'https://files.test/in', method: 'POST', headers: {} }]);
    expect(uploads(stage)).toMatchObject([{ status: 'ready', attachment: { id: 'atc_9', type: 'image' } }]);
  });

  it('is sent with the message, and the composer is empty afterwards', async () => {
    const stage = open();
    stage.session.uploads.add([text()]);
    await settled(stage);
    await stage.session.submit();
    expect(stage.requests.at(-1)?.params).toMatchObject({ input: { content: [], attachments: ['atc_1'] } });
    expect(uploads(stage)).toEqual([]);
    expect(stage.sent).not.toContain('attachments.delete');
  });

  it('holds the message back until it is there', async () => {
    const stage = open();
    stage.session.composer.type('Look');
    stage.session.uploads.add([text()]);
    await stage.session.submit();
    expect(stage.session.composer.state.value.text).toBe('Look');
    await settled(stage);
    await stage.session.submit();
    expect(stage.sent).toEqual(['attachments.create', 'threads.create']);
  });

  it('comes back into the composer when the message could not be sent, and can still be deleted', async () => {
    const refusing = willing();
    const stage = open(TWO_PHASE, (request) =>
      request.type === 'threads.create' ? new Response('', { status: 500 }) : refusing(request),
    );
    stage.session.uploads.add([text()]);
    await settled(stage);
    await stage.session.submit();
    await idle(stage);
    expect(uploads(stage)).toMatchObject([{ status: 'ready', attachment: { id: 'atc_1' } }]);
    stage.session.uploads.remove(keyOf(stage));
    expect(stage.sent).toContain('attachments.delete');
  });
});

describe('A file that cannot be uploaded', () => {
  it('shows as failed, is told to the page, is deleted, and can be tried again', async () => {
    const stage = open();
    stage.answerFile = () => new Response('', { status: 503 });
    stage.session.uploads.add([text()]);
    await settled(stage);
    expect(uploads(stage)).toMatchObject([{ status: 'failed', problem: 'unavailable' }]);
    expect(stage.said).toEqual(['error']);
    expect(stage.sent).toEqual(['attachments.create', 'attachments.delete']);

    stage.answerFile = () => new Response('');
    stage.session.uploads.retry(keyOf(stage));
    await settled(stage);
    expect(uploads(stage)).toMatchObject([{ status: 'ready', attachment: { id: 'atc_2' } }]);
  });

  it('shows why the server never takes it, and is not tried again', async () => {
    const stage = open();
    const error = { code: 'file_refused', message: 'It may be harmful', field: 'file' };
    stage.answerFile = () => Response.json({ error }, { status: 422 });
    stage.session.uploads.add([text()]);
    await settled(stage);
    expect(uploads(stage)).toMatchObject([
      { status: 'failed', problem: 'rejected', refusal: 'It may be harmful' },
    ]);
    stage.session.uploads.retry(keyOf(stage));
    expect(statuses(stage)).toEqual(['failed']);
    expect(stage.files).toHaveLength(1);
  });

  it('shows as failed even while the server is silent about deleting what it has of it', async () => {
    const take = willing();
    const stage = open(TWO_PHASE, (request, init) =>
      request.type === 'attachments.delete' ? untilAborted(init) : take(request),
    );
    stage.answerFile = () => new Response('', { status: 503 });
    stage.session.uploads.add([text()]);
    await settled(stage);
    expect(statuses(stage)).toEqual(['failed']);
    expect(stage.sent).toEqual(['attachments.create', 'attachments.delete']);
  });

  it('is refused without an upload strategy', () => {
    const stage = open({});
    stage.session.uploads.add([text()]);
    expect(uploads(stage)).toEqual([]);
    expect(stage.said).toEqual(['error']);
  });
});

describe('Removing a file', () => {
  it('deletes it from the server', async () => {
    const stage = open();
    stage.session.uploads.add([text()]);
    await settled(stage);
    stage.session.uploads.remove(keyOf(stage));
    expect(uploads(stage)).toEqual([]);
    expect(stage.requests.at(-1)).toEqual({ type: 'attachments.delete', params: { attachment_id: 'atc_1' } });
  });

  it('takes it away even if the server fails to, and tells the page', async () => {
    const stage = open(TWO_PHASE, (request) =>
      request.type === 'attachments.delete' ? new Response('', { status: 500 }) : willing()(request),
    );
    stage.session.uploads.add([text()]);
    await settled(stage);
    stage.session.uploads.remove(keyOf(stage));
    expect(uploads(stage)).toEqual([]);
    await stage.heard('error');
  });

  it('during the upload ends the upload and deletes what the server has of it', async () => {
    const stage = open();
    stage.answerFile = untilAborted;
    stage.session.uploads.add([text()]);
    await sending(stage);
    stage.session.uploads.remove(keyOf(stage));
    expect(stage.files[0]?.signal?.aborted).toBe(true);
    await stage.asked('attachments.delete');
    expect(stage.said).toEqual([]);
  });
});

describe('The limits', () => {
  it('keep out a file that is too large, before anything is sent', () => {
    const stage = limited({ maxSize: 4 });
    stage.session.uploads.add([text()]);
    expect(refused(stage)).toEqual([{ why: 'size', name: 'notes.txt', limit: 4 }]);
    expect(stage.requests).toEqual([]);
  });

  it.each([
    ['its own type', { 'text/plain': 4, 'text/*': 9 }],
    ['its family', { 'text/*': 4, '*': 9 }],
    ['everything', { '*': 4 }],
    ['everything, written as an empty name', { '': 4 }],
  ])('on the size apply by %s', (_, maxSize) => {
    const stage = limited({ maxSize });
    stage.session.uploads.add([text()]);
    expect(refused(stage)).toMatchObject([{ why: 'size', limit: 4 }]);
  });

  it('leave other types alone', () => {
    const stage = limited({ maxSize: { 'image/*': 4 } });
    stage.session.uploads.add([text(), picture()]);
    expect(uploads(stage)).toMatchObject([{ name: 'notes.txt' }]);
    expect(refused(stage)).toMatchObject([{ name: 'cat.png', why: 'size' }]);
  });

  it('keep out files beyond the count, ten if nothing is said', () => {
    const stage = limited({});
    stage.session.uploads.add(Array.from({ length: 11 }, (_, at) => text(`${at}.txt`)));
    expect(uploads(stage)).toHaveLength(10);
    expect(refused(stage)).toEqual([{ why: 'count', name: '10.txt', limit: 10 }]);
  });

  it('keep out types that are not accepted, and know a type by the ending of its name', async () => {
    const stage = limited({ accept: { 'image/*': [], 'text/markdown': ['.md'] } });
    const unknown = new File(['#'], 'Read.MD');
    stage.session.uploads.add([text(), picture(), unknown]);
    expect(uploads(stage)).toMatchObject([
      { name: 'cat.png' },
      { name: 'Read.MD', mimeType: 'text/markdown' },
    ]);
    expect(refused(stage)).toEqual([{ why: 'type', name: 'notes.txt', limit: 0 }]);
    await settled(stage);
  });
});

describe('Files belong to the draft of their thread', () => {
  it('and go on uploading while another thread is shown', async () => {
    const stage = open();
    stage.session.uploads.add([text()]);
    stage.session.uploads.switchTo('thr_2');
    expect(uploads(stage)).toEqual([]);
    await sending(stage);
    stage.session.uploads.switchTo(null);
    await settled(stage);
    expect(statuses(stage)).toEqual(['ready']);
  });

  it('and end when the element leaves the page, to be tried again', async () => {
    const stage = open();
    stage.answerFile = untilAborted;
    stage.session.uploads.add([text()]);
    await sending(stage);
    stage.session.stop();
    await settled(stage);
    expect(uploads(stage)).toMatchObject([{ status: 'failed', problem: 'network' }]);
    expect(stage.said).toEqual([]);
  });
});

describe('Another server', () => {
  it('is never given what the former one keeps', async () => {
    const stage = open();
    stage.session.uploads.add([text()]);
    await settled(stage);
    stage.session.setOptions({ api: { ...TWO_PHASE.api, url: '/other' }, history: { enabled: false } });
    expect(uploads(stage)).toEqual([]);
    expect(stage.sent).toEqual(['attachments.create']);
  });
});

describe('setComposerValue', () => {
  it('shows attachments of the page in place of what was there, uploads files, and deletes only its own', async () => {
    const stage = open();
    stage.session.setComposerValue({ files: [text('old.txt')] });
    await settled(stage);
    stage.session.setComposerValue({
      attachments: [{ type: 'file', id: 'atc_page', name: 'plan.pdf', mime_type: 'application/pdf' }],
      files: [text('new.txt')],
    });
    await settled(stage);
    expect(uploads(stage)).toMatchObject([{ name: 'plan.pdf' }, { name: 'new.txt' }]);
    stage.session.uploads.remove(keyOf(stage));
    const deleted = stage.requests.filter(({ type }) => type === 'attachments.delete');
    expect(deleted.map(({ params }) => params.attachment_id)).toEqual(['atc_1']);
  });

  it('leaves the files alone when it says nothing of them', async () => {
    const stage = open();
    stage.session.uploads.add([text()]);
    stage.session.setComposerValue({ text: 'Look' });
    await settled(stage);
    expect(statuses(stage)).toEqual(['ready']);
  });
});

describe('sendUserMessage', () => {
  it('sends the ids of its attachments and leaves the files of the composer', async () => {
    const stage = open();
    stage.session.uploads.add([text()]);
    await settled(stage);
    const given = { type: 'file' as const, id: 'atc_page', name: 'plan.pdf', mime_type: 'application/pdf' };
    await stage.session.sendUserMessage({ attachments: [given] });
    expect(stage.requests.at(-1)?.params).toMatchObject({ input: { attachments: ['atc_page'] } });
    expect(uploads(stage)).toHaveLength(1);
  });
});
