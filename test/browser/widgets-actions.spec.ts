import { expect } from './expect.js';
import { useHarness, type Chat } from './harness/harness.js';
import { WIDGET_ID, card, sentAction, show, styleOf, text, widgetEvent } from './harness/widgets.js';

const harness = useHarness();

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
    const differentLooks = async () => {
      const seen = looks.map(({ label }) =>
        styleOf(chat.button(label), 'background-color', 'color', 'border-top-color'),
      );
      return new Set((await Promise.all(seen)).map((style) => style.join())).size;
    };
    await expect.poll(differentLooks).toBeGreaterThan(20);
    const higher = async () => {
      const boxes = await Promise.all(measures.map(({ label }) => chat.button(label).boundingBox()));
      return boxes.map((box, at) => (box?.height ?? 0) > (boxes[at - 1]?.height ?? 0));
    };
    await expect.poll(higher).toEqual(sizes.map(() => true));
    const lowest = async () => (await chat.button('size 3xs').boundingBox())?.height;
    await expect.poll(lowest).toBeGreaterThanOrEqual(24);
    const room = async () => {
      const whole = await chat.log.locator('.w-card-body').boundingBox();
      const wide = await chat.button('Wide').boundingBox();
      return (whole?.width ?? Infinity) - (wide?.width ?? 0);
    };
    await expect.poll(room).toBeLessThan(40);
    await expect.poll(() => styleOf(chat.button('Round').locator('svg').first(), 'width')).toEqual(['24px']);
    const excess = async () => {
      const box = await chat.button('dots horizontal').boundingBox();
      return box && box.width - box.height;
    };
    await expect.poll(excess).toBe(0);
    await expect(chat.button('Off')).toBeDisabled();
    expect(await chat.objections()).toEqual([]);
  });

  it('shows itself that its action runs, keeps the focus, and does not run it twice', async () => {
    const chat = await harness.open();
    await show(chat, card([button('Go', {}), button('Other', {})]));
    const release = await hold(chat, 'threads.custom_action');
    await chat.button('Go').press('Enter');
    const busy = chat.log.locator('button[aria-busy="true"]', { hasText: 'Go' });
    await busy.waitFor();
    await expect(busy).toBeFocused();
    await busy.press('Enter');
    await expect(chat.log.locator('.widget')).not.toHaveAttribute('inert');
    release();
    await chat.log.locator('button[aria-busy="false"]', { hasText: 'Go' }).waitFor();
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
    expect(await sentAction(chat)).toEqual({ type: 'go' });
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
    await expect(go).toHaveAttribute('aria-busy', busy);
    await expect.poll(() => chat.log.locator('.widget').getAttribute('inert')).toBe(inert);
    release();
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.log.locator('.widget:not([inert]) button[aria-busy="false"]', { hasText: 'Go' }).waitFor();
    await expect(go).toBeFocused();
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
    await expect(chat.log.locator('.widget')).not.toHaveAttribute('inert');
  });
});

describe('An action', () => {
  it('of the page goes to its handler with the widget, and to no server', async () => {
    const chat = await harness.open({ widgets: { onAction: async () => undefined } });
    const widget = card([button('Star', { handler: 'client', payload: { id: 3 } })]);
    await show(chat, widget);
    await chat.button('Star').click();
    await expect
      .poll(() => chat.calls('widgets.onAction'))
      .toEqual([
        [
          { type: 'star', payload: { id: 3 } },
          { id: WIDGET_ID, widget },
        ],
      ]);
    const log = { widgetType: 'Button', actionType: 'star', handler: 'client' };
    await expect.poll(() => chat.events('onLog')).toContainEqual({ name: 'widget.action', data: log });
    expect(chat.requests('threads.custom_action')).toEqual([]);
  });

  it('of the page without a handler is told as an error', async () => {
    const chat = await harness.open();
    await show(chat, card([button('Star', { handler: 'client' })]));
    await chat.button('Star').click();
    await chat.until(() => chat.events('onError').length === 1);
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
  });

  it('that the page sends itself resolves when its response has ended', async () => {
    const chat = await harness.open();
    await show(chat, card([text('Before')]), () => [
      widgetEvent(card([text('After')]), 'thread.item.replaced'),
    ]);
    await chat.call('sendCustomAction', { type: 'own', payload: { a: 1 } }, WIDGET_ID);
    await chat.log.getByText('After').waitFor();
    await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(2);
    expect(await sentAction(chat)).toEqual({ type: 'own', payload: { a: 1 } });
  });
});
