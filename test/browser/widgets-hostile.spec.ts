import { expect } from './expect.js';
import { useHarness, type Chat } from './harness/harness.js';
import { show, updateEvent } from './harness/widgets.js';

const harness = useHarness();

const TYPES = (
  'Card ListView ListViewItem Basic Box Row Col Form Spacer Divider Text Title Caption Badge Icon Image Markdown ' +
  'Button Input Textarea Select Checkbox RadioGroup DatePicker Label Table Table.Row Table.Cell Transition Chart ' +
  'Unheard constructor __proto__ toString'
).split(' ');
const PROPS = (
  'id key value label name title src alt href status confirm cancel children options onClickAction onChangeAction ' +
  'onSubmitAction size padding margin border background color gap radius width height minSize flex align justify ' +
  'direction theme limit editable streaming maxLines minLines rows maxRows pattern placeholder defaultValue min max ' +
  'data series xAxis dataKey type icon iconStart fieldName searchable clearable asForm collapsed position fit style ' +
  'dangerouslySetInnerHTML innerHTML onload onError ref class className'
).split(' ');
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'a'.repeat(5_000),
  '\uD800',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'https://elsewhere.test/x.png',
  'url(https://elsewhere.test/x)',
  '\\75rl(https://elsewhere.test/x)',
  'red;background:url(//elsewhere.test)',
  'chatkit-link://%zz',
  '[x](javascript:alert(1)) ![y](https://elsewhere.test/y.png)',
  '(a+)+$',
  '__proto__',
  { dark: 'url(//elsewhere.test)', light: {} },
  { __html: '<b>x</b>' },
  { text: 'x', favicon: 'https://elsewhere.test/f.ico', icon: 'constructor' },
  { label: 'Go', action: { type: 'go', payload: 'x' } },
  { type: 'go', handler: {}, loadingBehavior: 7, payload: [] },
  [{ value: 'a', label: {} }, 'b', null],
  { name: 'x.__proto__.y', pattern: '(', required: 'yes' },
];

/** Numbers that look random and are the same each time. */
function chances(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function node(next: (below: number) => number, depth: number, type = TYPES[next(TYPES.length)]): object {
  const found: Record<string, unknown> = {};
  for (let count = next(7); count > 0; count -= 1) {
    found[PROPS[next(PROPS.length)] ?? ''] = VALUES[next(VALUES.length)];
  }
  if (depth > 0 && next(4) > 0) {
    const children = Array.from({ length: next(5) }, () => node(next, depth - 1));
    found['children'] = next(5) === 0 ? children[0] : children;
  }
  return { ...found, type };
}

function everyType(next: (below: number) => number): object {
  const children = TYPES.map((type) => node(next, 1, type));
  return { type: 'Basic', children };
}

const FOREIGN = `(() => {
  const root = document.querySelector('openai-chatkit').shadowRoot.querySelector('[role=log]');
  const all = [...root.querySelectorAll('*')];
  const bad = all.filter((element) =>
    [...element.attributes].some(({ name, value }) =>
      name.startsWith('on') ||
      (['src', 'href', 'srcset', 'action', 'formaction', 'xlink:href'].includes(name) &&
        !/^(#|data:image\\/png|https?:\\/\\/localhost)/.test(value)),
    ) || element.style?.cssText.includes('elsewhere'),
  );
  return bad.map((element) => element.outerHTML.slice(0, 200));
})()`;

describe('A widget that nobody in their right mind would send', () => {
  let chat: Chat;

  beforeAll(async () => {
    chat = await harness.open();
  });
  beforeEach(() => chat.call('setThreadId', null));

  it.each([1, 2, 3, 4, 5, 6])('throws nothing, loads nothing and runs nothing, number %i', async (seed) => {
    const next = chances(seed);
    const widgets = Array.from({ length: 12 }, () => node(next, 4, 'Card'));
    const updates = [...widgets, everyType(next)].map((widget) =>
      updateEvent({ type: 'widget.root.updated', widget }),
    );
    const marker = { type: 'Text', value: 'Still here' };
    const last = { type: 'Text', value: 'At the end' };
    await show(chat, { type: 'Basic', children: [...widgets, everyType(next), marker] }, () => [
      ...updates,
      updateEvent({ type: 'widget.root.updated', widget: { type: 'Card', children: [last] } }),
    ]);
    await chat.log.getByText('Still here').waitFor();
    expect(await chat.page.evaluate(FOREIGN)).toEqual([]);
    await chat.call('sendCustomAction', { type: 'next' }, 'item_widget');
    await chat.log.getByText('At the end').waitFor();
    expect(chat.complaints.all).toEqual([]);
    expect(chat.events('onError')).toEqual([]);
  });
});
