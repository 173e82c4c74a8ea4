import { Harness, type Chat } from './harness/harness.js';
import {
  WIDGET_ID,
  card,
  hasFocus,
  sentAction,
  show,
  styleOf,
  text,
  widgetEvent,
} from './harness/widgets.js';

let harness: Harness;

beforeAll(async () => {
  harness = await Harness.start();
});

afterAll(() => harness?.close());

const button = (label: string, action: object, more: object = {}) => ({
  type: 'Button',
  label,
  onClickAction: { type: label.toLowerCase(), ...action },
  ...more,
});

/** Holds the answers to requests of that type back until the result is called. */
async function hold(chat: Chat, type: string): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await chat.page.route('**/chatkit', async (route) => {
    const { type: asked } = route.request().postDataJSON() as { type: string };
    if (asked === type) await gate.promise;
    await route.fallback();
  });
  return gate.resolve;
}

/** Answers synchronous actions with a widget in place of the old one. */
async function answerSync(chat: Chat, widget: object): Promise<void> {
  const { item } = widgetEvent(widget) as { item: object };
  await chat.page.route('**/chatkit', async (route) => {
    const { type } = route.request().postDataJSON() as { type: string };
    if (type === 'threads.sync_custom_action') await route.fulfill({ json: { updated_item: item } });
    else await route.fallback();
  });
}

describe('A button', () => {
  it('has each colour, variant and size, icons, and shapes', async () => {
    const chat = await harness.open({}, { width: 1200 });
    const colors = ['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger'];
    const variants = ['solid', 'soft', 'outline', 'ghost'];
    const sizes = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'];
    const looks = colors.flatMap((color) =>
      variants.map((variant) => button(`${color} ${variant}`, {}, { color, variant })),
    );
    const measures = sizes.map((size) => button(`size ${size}`, {}, { size }));
    const shapes = [
      button('Wide', {}, { block: true, style: 'primary' }),
      button('Round', {}, { pill: true, iconStart: 'star', iconEnd: 'star', iconSize: '2xl' }),
      { type: 'Button', iconStart: 'dots-horizontal', uniform: true },
      button('Off', {}, { disabled: true }),
    ];
    await show(
      chat,
      card([{ type: 'Row', wrap: 'wrap', children: [...looks, ...measures] }, ...shapes], { size: 'full' }),
    );
    const seen = await Promise.all(
      looks.map(async ({ label }) =>
        (await styleOf(chat.button(label), 'background-color', 'color', 'border-top-color')).join(),
      ),
    );
    expect(new Set(seen).size).toBeGreaterThan(20);
    const heights = await Promise.all(
      measures.map(async ({ label }) => (await chat.button(label).boundingBox())?.height ?? 0),
    );
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(new Set(heights).size).toBe(9);
    expect(heights[0]).toBeGreaterThanOrEqual(24);
    const whole = (await chat.log.locator('.w-card-body').boundingBox())?.width ?? 0;
    expect((await chat.button('Wide').boundingBox())?.width).toBeGreaterThan(whole - 40);
    expect(await styleOf(chat.button('Round').locator('svg').first(), 'width')).toEqual(['24px']);
    const square = await chat.button('dots horizontal').boundingBox();
    expect(square?.width).toBe(square?.height);
    expect(await chat.button('Off').isDisabled()).toBe(true);
    expect(await chat.objections()).toEqual([]);
    await chat.leave();
  });

  it('shows itself that its action runs, keeps the focus, and does not run it twice', async () => {
    const chat = await harness.open();
    await show(chat, card([button('Go', {}), button('Other', {})]));
    const release = await hold(chat, 'threads.custom_action');
    await chat.button('Go').press('Enter');
    const busy = chat.log.locator('button[aria-busy="true"]', { hasText: 'Go' });
    await busy.waitFor();
    expect(await hasFocus(busy)).toBe(true);
    await busy.press('Enter');
    expect(await chat.log.locator('.widget').getAttribute('inert')).toBeNull();
    release();
    await chat.log.locator('button[aria-busy="false"]', { hasText: 'Go' }).waitFor();
    expect(chat.requests('threads.custom_action').length).toBe(1);
    expect(await sentAction(chat)).toEqual({ type: 'go' });
    await chat.leave();
  });

  it.each([
    ['none', null, 'false'],
    ['self', null, 'true'],
    ['container', '', 'false'],
  ])('with the loading behaviour %s', async (loadingBehavior, inert, busy) => {
    const chat = await harness.open();
    await show(chat, card([button('Go', { loadingBehavior })]));
    const release = await hold(chat, 'threads.custom_action');
    await chat.button('Go').press('Enter');
    await chat.request('threads.custom_action');
    await chat.until(() => chat.events('onResponseStart').length === 2);
    const go = chat.log.locator('button.w-button', { hasText: 'Go' });
    expect(await chat.log.locator('.widget').getAttribute('inert')).toBe(inert);
    expect(await go.getAttribute('aria-busy')).toBe(busy);
    release();
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.log.locator('.widget:not([inert]) button[aria-busy="false"]', { hasText: 'Go' }).waitFor();
    expect(await hasFocus(go)).toBe(true);
    await chat.leave();
  });
});

describe('The confirmation of a card', () => {
  it('makes the whole card wait, and a change of a select nothing', async () => {
    const chat = await harness.open();
    const select = {
      type: 'Select',
      name: 'size',
      options: [{ value: 's', label: 'Small' }],
      onChangeAction: { type: 'resize' },
    };
    const confirm = { label: 'Confirm', action: { type: 'confirm' } };
    await show(chat, card([select], { confirm }));
    const release = await hold(chat, 'threads.custom_action');
    await chat.button('Confirm').click();
    await chat.log.locator('.widget[inert][aria-busy="true"]').waitFor();
    release();
    await chat.log.locator('.widget:not([inert])').waitFor();
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.log.getByLabel('size').selectOption('s');
    await chat.request('threads.custom_action', 2);
    expect(await chat.log.locator('.widget').getAttribute('inert')).toBeNull();
    await chat.leave();
  });
});

describe('An action', () => {
  it('of the page goes to its handler with the widget, and to no server', async () => {
    const chat = await harness.open({ widgets: { onAction: async () => undefined } });
    const widget = card([button('Star', { handler: 'client', payload: { id: 3 } })]);
    await show(chat, widget);
    await chat.button('Star').click();
    await chat.until(() => chat.calls('widgets.onAction').length === 1);
    expect(chat.calls('widgets.onAction')).toEqual([
      [
        { type: 'star', payload: { id: 3 } },
        { id: WIDGET_ID, widget },
      ],
    ]);
    expect(chat.requests('threads.custom_action')).toEqual([]);
    const log = { widgetType: 'Button', actionType: 'star', handler: 'client' };
    expect(chat.events('onLog')).toContainEqual({ name: 'widget.action', data: log });
    await chat.leave();
  });

  it('of the page without a handler is told as an error', async () => {
    const chat = await harness.open();
    await show(chat, card([button('Star', { handler: 'client' })]));
    await chat.button('Star').click();
    await chat.until(() => chat.events('onError').length === 1);
    await chat.leave();
  });

  it('waits for no other answer when it is synchronous, while others are not sent', async () => {
    const chat = await harness.open();
    const children = [button('Tick', { streaming: false }), button('Slow', {})];
    await show(chat, card(children));
    await answerSync(chat, card([text('Ticked')]));
    const release = await hold(chat, 'threads.add_user_message');
    await chat.input.fill('Another question');
    await chat.input.press('Enter');
    await chat.request('threads.add_user_message');
    await chat.button('Slow').click();
    await chat.button('Tick').click();
    await chat.log.getByText('Ticked').waitFor();
    expect((await chat.request('threads.sync_custom_action')).params).toEqual({
      thread_id: 'thr_widget',
      item_id: WIDGET_ID,
      action: { type: 'tick' },
    });
    expect(chat.requests('threads.custom_action')).toEqual([]);
    release();
    await chat.leave();
  });

  it('that the page sends itself resolves when its response has ended', async () => {
    const chat = await harness.open();
    await show(chat, card([text('Before')]), () => [
      widgetEvent(card([text('After')]), 'thread.item.replaced'),
    ]);
    await chat.call('sendCustomAction', { type: 'own', payload: { a: 1 } }, WIDGET_ID);
    await chat.log.getByText('After').waitFor();
    expect(chat.events('onResponseEnd').length).toBe(2);
    expect(await sentAction(chat)).toEqual({ type: 'own', payload: { a: 1 } });
    await chat.leave();
  });
});
