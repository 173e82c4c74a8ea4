import { readAction } from '../session/actions.js';
import { boxStyle } from './box-style.js';
import { borders, color, safeCss, space, spacing } from './css-values.js';
import { mergePayload, nestValues } from './form-values.js';
import { loadingOf } from './loading.js';

describe('Values from a server', () => {
  it.each([
    'url(https://evil.test/x)',
    'URL("https://evil.test/x")',
    'image-set("https://evil.test/x" 1x)',
    '-webkit-image-set(url(x) 1x)',
    'element(#a)',
    'attr(data-x url)',
    '\\75rl(https://evil.test)',
    'red; background: blue',
    'expression(alert(1))',
    '@import "x"',
    'a'.repeat(301),
  ])('that could load something are dropped: %s', (value) => {
    expect(safeCss(value)).toBeUndefined();
  });

  it.each(['10px', 'calc(100% - 4px)', 'linear-gradient(90deg, red, rgb(0 0 0 / 0.5))', '1 / 2'])(
    'that only compute are kept: %s',
    (value) => {
      expect(safeCss(value)).toBe(value);
    },
  );

  it('name tokens, steps of a palette, or one colour for each scheme', () => {
    expect(color('danger', false)).toBe('var(--w-danger)');
    expect(color('red-500', false)).toMatch(/^oklch\(/);
    expect(color({ light: '#fff', dark: '#000' }, true)).toBe('#000');
    expect(color({ light: 'url(x)' }, false)).toBeUndefined();
  });

  it('count distances in steps and set each side', () => {
    expect(space(3)).toBe('12px');
    expect(spacing('padding', { x: 2, top: '1em' })).toEqual({
      paddingTop: '1em',
      paddingRight: '8px',
      paddingBottom: undefined,
      paddingLeft: '8px',
    });
    expect(borders({ size: 2, color: 'strong', style: 'dashed' }, false)).toEqual({
      border: '2px dashed var(--w-strong)',
    });
  });

  it('leave out of a style what was not given', () => {
    const style = boxStyle({ type: 'Box', gap: 2, width: 40, wrap: 'sideways' }, 'row', false);
    expect(style).toEqual({
      display: 'flex',
      flexDirection: 'row',
      gap: '8px',
      width: '40px',
      flexWrap: 'nowrap',
    });
  });
});

describe('Form values', () => {
  it('nest by dots and never reach a prototype', () => {
    const values = nestValues([
      ['todo.title', 'Buy milk'],
      ['todo.done', false],
      ['__proto__.polluted', 'yes'],
      ['', 'nameless'],
    ]);
    expect(values).toEqual({ todo: { title: 'Buy milk', done: false } });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('give way to what the payload already says', () => {
    expect(mergePayload({ room: 'fern' }, { room: 'moss', size: 2 })).toEqual({
      payload: { room: 'fern', size: 2 },
      collisions: ['room'],
    });
    expect(mergePayload(undefined, {})).toEqual({ payload: undefined, collisions: [] });
    expect(mergePayload('text', { a: 1 })).toEqual({ payload: 'text', collisions: ['a'] });
  });

  it('join what the payload has below the same name', () => {
    expect(mergePayload({ todo: { id: 7 } }, { todo: { id: 8, title: 'Tea' }, toString: 'x' })).toEqual({
      payload: { todo: { id: 7, title: 'Tea' }, toString: 'x' },
      collisions: ['todo.id'],
    });
  });
});

const shown = (type: string, more: object = {}): string | undefined => {
  const action = readAction({ type: 'go', ...more });
  return action && loadingOf(action, type);
};

describe('That an action runs', () => {
  it('is shown where the component shows it by itself', () => {
    expect(
      ['Button', 'ListViewItem', 'Select', 'Checkbox', 'Card', 'Form'].map((type) => shown(type)),
    ).toEqual(['self', 'self', 'none', 'none', 'container', 'container']);
  });

  it('is shown where the action says', () => {
    expect(shown('Button', { loadingBehavior: 'none' })).toBe('none');
    expect(shown('Button', { loadingBehavior: 'container' })).toBe('container');
    expect(shown('Select', { loadingBehavior: 'self' })).toBe('self');
    expect(shown('Select', { loadingBehavior: 'unheard-of' })).toBe('none');
  });
});
