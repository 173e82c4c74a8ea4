import { brandOf } from './articles/brands.js';
import { composerOptions } from './chat/composer-options.js';
import { entityOptions } from './chat/entities.js';
import { runClientTool, runEffect, runWidgetAction, type PageHands } from './chat/page-tools.js';
import { readFeatures, type Features } from './features.js';
import { DEMO_GROUPS } from './try/demos.js';

const ALL: Features = {
  demo: true,
  attachments: true,
  dictation: true,
  models: [
    { id: 'quick', label: 'Quick' },
    { id: 'deep', label: 'Thorough' },
  ],
};

/** Remembers what the page was asked to do. */
function hands(): PageHands & { readonly done: unknown[] } {
  const done: unknown[] = [];
  return {
    done,
    setAccent: (accent) => done.push(accent),
    highlight: () => done.push('highlight'),
    tell: (message) => done.push(message),
  };
}

describe('What the server tells the portal', () => {
  it('is read as far as it makes sense', () => {
    expect(readFeatures(ALL)).toEqual(ALL);
    const nothing = { demo: false, attachments: false, dictation: false, models: [] };
    for (const answer of [
      undefined,
      null,
      'no',
      [],
      { demo: 1, models: 'all' },
      { models: [null, { id: 1 }] },
    ]) {
      expect(readFeatures(answer)).toEqual(nothing);
    }
  });

  it('decides what the composer offers', () => {
    expect(Object.keys(composerOptions(ALL)).toSorted()).toEqual([
      'attachments',
      'dictation',
      'models',
      'placeholder',
      'tools',
    ]);
    expect(composerOptions(readFeatures({ models: ALL.models.slice(0, 1) }))).toEqual({
      placeholder: 'Ask a question',
    });
  });
});

describe('The page and the chat', () => {
  it.each([
    ['accent', { colour: 'pink' }, ['pink']],
    ['accent', { colour: 'constructor' }, []],
    ['highlight', {}, ['highlight']],
    ['unknown', {}, []],
  ])('carries out the effect %s %j', (name, data, done) => {
    const page = hands();
    runEffect(name, data, page);
    expect(page.done).toEqual(done);
  });

  it('knows no tool but its own', () => {
    expect(() => runClientTool('erase_everything', () => '')).toThrow('no tool erase_everything');
  });

  it('does its half of a reminder before it sends the other', async () => {
    const page = hands();
    const sent: unknown[] = [];
    const send = async (action: object, itemId: string): Promise<void> => {
      sent.push([...page.done, action, itemId]);
    };
    await runWidgetAction({ type: 'booking.remind', payload: { id: 'a' } }, 'item', page, send);
    expect(sent).toEqual([
      ['This page will remind you.', { type: 'booking.reminded', payload: { id: 'a' } }, 'item'],
    ]);
  });
});

describe('What members can mention', () => {
  const { onTagSearch, onRequestPreview } = entityOptions(brandOf('org_aurora'));

  const titles = async (query: string) => (await onTagSearch?.(query))?.map(({ title }) => title);

  it('is found by any of its words', async () => {
    expect(await titles('iris HAL')).toEqual(['Iris Halvorsen']);
    expect(await titles('reading room')).toEqual(['Booking a reading room']);
    expect(await titles('Lund')).toEqual([]);
    expect((await titles(''))?.length).toBe(6);
  });

  it('is shown by what the page knows of it', async () => {
    const [iris] = (await onTagSearch?.('iris')) ?? [];
    if (iris === undefined) throw new Error('nobody was found');
    expect(JSON.stringify(await onRequestPreview?.(iris))).toContain('Archivist');
  });
});

describe('The cards', () => {
  it('have a title each that no other has', () => {
    const titles = DEMO_GROUPS.flatMap(({ demos }) => demos.map(({ title }) => title));
    expect(new Set(titles).size).toBe(titles.length);
  });
});
