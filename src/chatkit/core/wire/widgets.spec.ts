import { widgetComponent, widgetRoot } from './widgets.js';

const card = (...children: unknown[]) => ({ type: 'Card', children });
const parsed = (root: unknown): unknown => JSON.parse(JSON.stringify(widgetRoot.parse(root)));

describe('a widget', () => {
  it('has the defaults of its actions filled in and unknown fields dropped', () => {
    const button = { type: 'Button', label: 'Go', colour: 'red', onClickAction: { type: 'go' } };
    expect(parsed(card(button))).toEqual(
      card({
        type: 'Button',
        label: 'Go',
        onClickAction: { type: 'go', handler: 'server', loadingBehavior: 'auto', streaming: true },
      }),
    );
  });

  it('keeps a component that does not fit its type as it is, and checks its neighbours', () => {
    const odd = { type: 'Text', value: 'a', size: 'enormous', extra: { deep: 1 } };
    expect(parsed(card(odd, { type: 'Text', value: 'b', extra: 1 }))).toEqual(
      card(odd, { type: 'Text', value: 'b' }),
    );
  });

  it('keeps components of types it does not know, with everything below them', () => {
    const unknown = { type: 'Map', zoom: 3, children: [{ type: 'Button', onClickAction: { type: 'go' } }] };
    expect(parsed(card(unknown))).toEqual(card(unknown));
  });

  it('keeps children that the type of their parent does not have rather than losing them', () => {
    const button = { type: 'Button', children: [{ type: 'Text', value: 'a' }] };
    expect(parsed(card(button))).toEqual(card(button));
  });

  it('has no nulls', () => {
    const text = { type: 'Text', id: null, value: 'a', color: null };
    expect(parsed({ ...card(text, { type: 'New', a: null, b: [null, { c: null }] }), size: null })).toEqual(
      card({ type: 'Text', value: 'a' }, { type: 'New', b: [{}] }),
    );
  });

  it('takes the status of which it knows more', () => {
    expect(parsed({ ...card(), status: { text: 'Busy', icon: 'bolt', other: 1 } })).toMatchObject({
      status: { text: 'Busy', icon: 'bolt' },
    });
    expect(parsed({ ...card(), status: { text: 'Busy', favicon: 'f' } })).toMatchObject({
      status: { favicon: 'f' },
    });
  });

  it('has its dates in one form', () => {
    const picker = { type: 'DatePicker', name: 'day', min: '2024-02-29', max: 1_700_000_000 };
    expect(parsed(card(picker))).toEqual(
      card({ ...picker, min: '2024-02-29T00:00:00', max: '2023-11-14T22:13:20Z' }),
    );
  });

  it.each([
    ['a type that cannot stand at the root', { type: 'Text', value: 'a' }],
    ['no type', { children: [] }],
    ['a child that is no component', card('text')],
    ['a child that is null', card(null)],
  ])('is refused with %s', (_, root) => {
    expect(widgetRoot.safeParse(root).success).toBe(false);
  });

  it('says where a component without type is', () => {
    const broken = { type: 'Row', children: [{ type: 'Text', value: 'a' }, { value: 'b' }] };
    expect(widgetComponent.safeParse(broken).success).toBe(false);
  });

  it('is not fooled by keys that name parts of a prototype', () => {
    const root: unknown = JSON.parse('{"type":"Basic","__proto__":{"polluted":1},"constructor":{"a":1}}');
    const widget = widgetRoot.parse(root);
    expect(widget.type).toBe('Basic');
    expect('polluted' in widget).toBe(false);
  });
});
