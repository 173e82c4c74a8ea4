import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import type { Chat } from './harness/harness.js';
import { answer, done, item, replying, thread } from './harness/events.js';
import { ADDRESSES, MARKDOWN, MARKUP, NAMES, STYLES, TEXTS } from './hostile/payloads.js';
import { findings } from './hostile/watch.js';

const harness = useHarness();

/** Sends widgets in an answer, and gives the chat with them in it. */
async function show(widgets: readonly object[]): Promise<Chat> {
  const chat = await harness.open();
  const items = widgets.map((widget, at) => item('widget', { id: `w${at}`, widget }));
  const strict = { type: 'thread.updated', thread: thread({ allowed_image_domains: [] }) };
  await chat.script(replying(strict, ...[...items, answer('The end is here')].map(done)));
  await chat.ask('Hi');
  await chat.log.getByText('The end is here').waitFor();
  return chat;
}

const card = (children: readonly object[], more: object = {}) => ({ type: 'Card', children, ...more });

describe('Nothing runs, loads or breaks out of widgets', () => {
  it('by their texts', async () => {
    const widgets = TEXTS.map((text, at) =>
      card(
        [
          ...['Text', 'Title', 'Caption', 'Markdown', 'Label'].map((type) => ({
            type,
            value: text,
            fieldName: text,
          })),
          { type: 'Badge', label: text },
          { type: 'Button', label: text, iconStart: text, onClickAction: { type: text, handler: 'client' } },
          { type: 'Icon', name: text },
          {
            type: 'Input',
            name: `i${at}`,
            placeholder: text,
            defaultValue: text,
            inputType: text,
            pattern: text.slice(0, 2),
          },
          { type: 'Textarea', name: `t${at}`, defaultValue: text },
          { type: 'Select', name: `s${at}`, placeholder: text, options: [{ value: text, label: text }] },
          { type: 'Checkbox', name: `c${at}`, label: text },
          { type: 'RadioGroup', name: `r${at}`, options: [{ value: text, label: text }] },
          {
            type: 'Table',
            children: [
              {
                type: 'Table.Row',
                children: [{ type: 'Table.Cell', children: [{ type: 'Text', value: text }] }],
              },
            ],
          },
          { type: text, children: [{ type: 'Text', value: text }] },
        ],
        {
          status: { text, icon: text, favicon: ADDRESSES[at % ADDRESSES.length] },
          confirm: { label: text, action: { type: text } },
        },
      ),
    );
    const chat = await show(widgets);
    // the fields have come, which are in a file of their own
    await expect(chat.log.locator('textarea')).toHaveCount(TEXTS.length);
    expect(await findings(chat)).toEqual([]);
  });

  it('by their addresses', async () => {
    const widgets = [...ADDRESSES, ...MARKUP, ...NAMES].map((address) =>
      card([
        { type: 'Image', src: address, alt: address },
        { type: 'Markdown', value: `[x](${address}) ![x](${address}) <${address}>` },
        { type: 'Icon', name: address },
        {
          type: 'ListView',
          children: [{ type: 'ListViewItem', onClickAction: { type: 'x', payload: { url: address } } }],
        },
      ]),
    );
    const chat = await show(widgets);
    expect(await findings(chat)).toEqual([]);
  });

  it('by their styles', async () => {
    const widgets = [...STYLES, ...NAMES, ...MARKUP.slice(0, 6)].map((value) => {
      const every = {
        background: value,
        color: value,
        padding: value,
        margin: { top: value, x: value },
        border: { size: 1, color: value, style: value },
        radius: value,
        width: value,
        height: value,
        maxWidth: value,
        aspectRatio: value,
        align: value,
        justify: value,
        flex: value,
        gap: value,
        size: value,
        weight: value,
        textAlign: value,
        fit: value,
        position: value,
        variant: value,
      };
      return card(
        [
          'Box',
          'Row',
          'Col',
          'Text',
          'Title',
          'Badge',
          'Divider',
          'Spacer',
          'Icon',
          'Image',
          'Button',
          'Form',
        ].map((type) =>
          Object.assign({ type, value: 'x', label: 'x', src: '/favicon.svg', children: [] }, every),
        ),
        every,
      );
    });
    const chat = await show(widgets);
    expect(await findings(chat)).toEqual([]);
  });

  it('by the names of their fields and the keys of their payloads', async () => {
    const fields = NAMES.map((name) => ({
      type: 'Input',
      name,
      placeholder: name,
      defaultValue: 'polluted',
    }));
    const payload = JSON.parse(
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
    ) as object;
    const submit = { type: 'Button', label: 'Submit', submit: true };
    const chat = await harness.open();
    await chat.script((body) =>
      body?.type === 'threads.custom_action'
        ? [done(answer('Taken', { id: 'taken' }))]
        : replying(
            done(
              item('widget', {
                widget: card([
                  { type: 'Form', onSubmitAction: { type: 'send', payload }, children: [...fields, submit] },
                ]),
              }),
            ),
          )(body),
    );
    await chat.ask('Hi');
    // a form cannot be sent before its fields are there
    await expect(chat.log.getByRole('textbox')).toHaveCount(NAMES.length);
    await chat.button('Submit').click();
    await chat.log.getByText('Taken').waitFor();
    expect(await findings(chat)).toEqual([]);
  });

  it('by updates, whatever they are aimed at', async () => {
    const chat = await harness.open();
    const changes = [...NAMES, ...MARKUP].flatMap((text) => [
      {
        type: 'widget.root.updated',
        widget: { type: text, id: text, children: [{ type: 'Text', value: text }] },
      },
      {
        type: 'widget.component.updated',
        component_id: text,
        component: { type: 'Markdown', id: text, value: text },
      },
      { type: 'widget.streaming_text.value_delta', component_id: text, delta: text, done: false },
    ]);
    await chat.script(
      replying(
        done(item('widget', { widget: card([{ type: 'Text', id: '__proto__', value: 'x' }]) })),
        ...changes.map((update) => ({ type: 'thread.item.updated', item_id: 'widget_1', update })),
        done(answer(`The end is here ${MARKDOWN.length}`)),
      ),
    );
    await chat.ask('Hi');
    await chat.log.getByText('The end is here').waitFor();
    expect(await findings(chat)).toEqual([]);
  });
});
