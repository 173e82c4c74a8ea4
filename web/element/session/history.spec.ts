import { Stage, stopAll, thread } from './testing.js';
import type { SentRequest } from './testing.js';

afterEach(stopAll);

const entry = (at: number): object => ({ ...thread, id: `thr_${at}`, title: `Thread ${at}` });

/** A server with as many threads, newest first, three a page, that can be changed behind the page's back. */
function listing(count: number): { ids: number[]; answer: (request: SentRequest) => Response } {
  const ids = Array.from({ length: count }, (_, at) => count - at);
  const answer = ({ type, params }: SentRequest): Response => {
    if (type !== 'threads.list') return Response.json({ error: { code: 'not_found' } }, { status: 404 });
    const from = params.after === undefined ? 0 : ids.findIndex((at) => `thr_${at}` === params.after) + 1;
    const data = ids.slice(from, from + 3).map(entry);
    return Response.json({ data, has_more: from + 3 < ids.length });
  };
  return { ids, answer };
}

async function opened(answer: (request: SentRequest) => Response): Promise<Stage> {
  const stage = new Stage(answer, { history: { enabled: true } });
  stage.session.start();
  await ready(stage);
  return stage;
}

function ready({ session }: Stage): Promise<void> {
  const { state } = session.history;
  return new Promise((resolve) => {
    const check = (): void => {
      if (state.value.status !== 'ready') return;
      stop();
      resolve();
    };
    const stop = state.subscribe(check);
    queueMicrotask(check);
  });
}

function shown(stage: Stage): string[] {
  return stage.session.history.state.value.entries.map(({ id }) => id);
}

describe('The history', () => {
  it('shows, when it is opened, what other tabs have added and deleted', async () => {
    const { ids, answer } = listing(2);
    const stage = await opened(answer);
    expect(shown(stage)).toEqual(['thr_2', 'thr_1']);
    ids.splice(0, 2, 3, 2);
    stage.session.showHistory(true);
    await ready(stage);
    expect(shown(stage)).toEqual(['thr_3', 'thr_2']);
  });

  it('keeps later pages that were loaded when its first page is read again', async () => {
    const { ids, answer } = listing(8);
    const stage = await opened(answer);
    await stage.session.history.more();
    ids.splice(0, 1, 10, 9);
    stage.session.showHistory(true);
    await ready(stage);
    expect(shown(stage)).toEqual(['thr_10', 'thr_9', 'thr_7', 'thr_6', 'thr_5', 'thr_4', 'thr_3']);
    await stage.session.history.more();
    expect(shown(stage).slice(-2)).toEqual(['thr_2', 'thr_1']);
  });

  it('lets go of a conversation that was deleted elsewhere already', async () => {
    const { answer } = listing(2);
    const stage = await opened(answer);
    await stage.session.deleteThread('thr_2');
    expect(shown(stage)).toEqual(['thr_1']);
  });

  it('gives a title back that could not be changed, and says why', async () => {
    const { answer } = listing(1);
    const stage = await opened(answer);
    await expect(stage.session.renameThread('thr_1', 'New')).rejects.toMatchObject({ code: 'not_found' });
    expect(stage.session.history.state.value.entries[0]?.title).toBe('Thread 1');
  });
});
