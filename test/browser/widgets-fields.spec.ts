import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import { field, form, sentValues, show, styleOf } from './harness/widgets.js';

const harness = useHarness();

describe('An input', () => {
  it('is of each kind, with its look, its words and what it starts with', async () => {
    const chat = await harness.open();
    const kinds = ['number', 'email', 'text', 'password', 'tel', 'url', 'file'];
    const inputs = kinds.map((inputType) => ({ type: 'Input', name: inputType, inputType }));
    const soft = {
      type: 'Input',
      name: 'soft',
      variant: 'soft',
      size: '3xl',
      gutterSize: 'xl',
      pill: true,
      disabled: true,
      placeholder: 'Your town',
      defaultValue: 'Oslo',
    };
    await show(chat, form([...inputs, soft]));
    for (const kind of kinds)
      await expect(field(chat, kind)).toHaveAttribute('type', kind === 'file' ? 'text' : kind);
    const town = field(chat, 'Your town');
    await expect(town).toHaveValue('Oslo');
    await expect(town).toBeDisabled();
    await expect
      .poll(() => styleOf(town, 'min-height', 'padding-left', 'border-top-color'))
      .toEqual(['48px', '16px', 'rgba(0, 0, 0, 0)']);
    await chat.button('Save').click();
    expect(Object.keys((await sentValues(chat)) as object)).not.toContain('soft');
    expect(await chat.objections()).toEqual([]);
  });

  it('that is required or has a pattern keeps the form from being sent until it fits', async () => {
    const chat = await harness.open();
    const fields = [
      { type: 'Input', name: 'code', required: true, pattern: '[A-Z]{2}\\d' },
      { type: 'Textarea', name: 'note', required: true, pattern: '[a-z ]+' },
      { type: 'Input', name: 'free', pattern: '[' },
    ];
    await show(chat, form(fields));
    const press = () => chat.button('Save').click();
    await field(chat, 'code').waitFor();
    await press();
    await field(chat, 'code').fill('nope');
    await press();
    await field(chat, 'code').fill('AB1');
    await field(chat, 'note').fill('Not 1');
    await press();
    await expect(field(chat, 'note')).toBeFocused();
    await field(chat, 'note').fill('fine');
    await press();
    expect(await sentValues(chat)).toEqual({ code: 'AB1', note: 'fine', free: '' });
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
    expect(await chat.objections()).toEqual([]);
  });

  it('of several lines grows with what is written, up to its limit', async () => {
    const chat = await harness.open();
    const areas = [
      { type: 'Textarea', name: 'grows', rows: 2, maxRows: 4 },
      { type: 'Textarea', name: 'stays', rows: 2, autoResize: false, defaultValue: 'Once' },
    ];
    await show(chat, form(areas));
    const heightOf = async (name: string) => (await field(chat, name).boundingBox())?.height ?? 0;
    const before = await heightOf('grows');
    const fixed = await heightOf('stays');
    await field(chat, 'stays').fill('a\n'.repeat(9));
    await field(chat, 'grows').fill('a\nb\nc');
    await expect.poll(() => heightOf('grows')).toBeGreaterThan(before);
    const between = await heightOf('grows');
    await field(chat, 'grows').fill('a\nb\nc\n'.repeat(9));
    await expect.poll(() => heightOf('grows')).toBeGreaterThan(between);
    expect(await heightOf('grows')).toBeLessThan(before * 3);
    expect(await heightOf('stays')).toBe(fixed);
  });

  it('that asks for the focus gets it when it arrives, unless a message is being written', async () => {
    const chat = await harness.open();
    const eager = {
      type: 'Input',
      name: 'eager',
      autoFocus: true,
      autoSelect: true,
      defaultValue: 'All of it',
    };
    await show(chat, form([eager]));
    await chat.holds(
      "document.querySelector('openai-chatkit').shadowRoot.activeElement.dataset.name === 'eager'",
    );
    await chat.page.keyboard.type('New');
    await expect(field(chat, 'eager')).toHaveValue('New');
  });

  it('is a text that can be written over', async () => {
    const chat = await harness.open();
    const editable = { name: 'title', required: true, placeholder: 'The title', pattern: '[^!]+' };
    const more = { name: 'names', autoComplete: 'name', allowAutofillExtensions: true };
    await show(
      chat,
      form([
        { type: 'Text', value: 'Draft', size: 'lg', weight: 'bold', minLines: 2, editable },
        { type: 'Text', value: 'Ada', editable: more },
        { type: 'Text', value: 'Fixed', editable: false },
      ]),
    );
    await chat.log.getByText('Fixed').waitFor();
    const title = field(chat, 'The title');
    await expect(title).toHaveCSS('font-weight', '700');
    await expect(field(chat, 'names')).toHaveAttribute('autocomplete', 'name');
    await title.fill('Draft!');
    await chat.button('Save').click();
    await title.fill('Final');
    await chat.button('Save').click();
    expect(await sentValues(chat)).toEqual({ title: 'Final', names: 'Ada' });
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
    expect(await chat.objections()).toEqual([]);
  });
});

describe('A choice', () => {
  it('is a box to tick, named by its label or its name', async () => {
    const chat = await harness.open();
    const boxes = [
      { type: 'Checkbox', name: 'news', label: 'Send me news', defaultChecked: true },
      { type: 'Checkbox', name: 'terms', required: true },
      { type: 'Checkbox', name: 'never', label: 'Never', disabled: true },
    ];
    await show(chat, form(boxes));
    await field(chat, 'terms').waitFor();
    await chat.button('Save').click();
    await field(chat, 'terms').check();
    await field(chat, 'Send me news').uncheck();
    await chat.button('Save').click();
    expect(await sentValues(chat)).toEqual({ news: false, terms: true });
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
    expect(await chat.objections()).toEqual([]);
  });

  it('is one of a group, each widget for itself', async () => {
    const chat = await harness.open();
    const options = [
      { value: 'a', label: 'Apple' },
      { value: 'b', label: 'Banana' },
      { value: 'c', label: 'Cherry', disabled: true },
    ];
    const group = { type: 'RadioGroup', name: 'fruit', options, direction: 'col' };
    const label = { type: 'Label', value: 'Your fruit', fieldName: 'fruit', weight: 'bold', color: 'danger' };
    await show(chat, form([label, { ...group, required: true }]));
    await chat.log.getByRole('radiogroup').waitFor();
    await chat.button('Save').click();
    const shown = chat.log.getByRole('radiogroup', { name: 'Your fruit' });
    await expect(shown).toHaveCSS('flex-direction', 'column');
    await expect(chat.log.getByText('Your fruit')).toHaveCSS('font-weight', '700');
    await shown.getByLabel('Banana').check();
    await expect(shown.getByLabel('Cherry')).toBeDisabled();
    await chat.button('Save').click();
    expect(await sentValues(chat)).toEqual({ fruit: 'b' });
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
    expect(await chat.objections()).toEqual([]);
  });

  it('tells of each change with its own value, and no other', async () => {
    const chat = await harness.open();
    const onChangeAction = { type: 'changed' };
    const options = [{ value: 'a', label: 'Apple' }];
    const children = [
      { type: 'Checkbox', name: 'a.ticked', label: 'Tick', onChangeAction },
      { type: 'RadioGroup', name: 'fruit', ariaLabel: 'Fruit', options, onChangeAction },
      { type: 'DatePicker', name: 'day', placeholder: 'Day', onChangeAction },
    ];
    await show(chat, { type: 'Card', children });
    await field(chat, 'Tick').check();
    expect(await sentValues(chat)).toEqual({ a: { ticked: true } });
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.log.getByRole('radiogroup', { name: 'Fruit' }).getByLabel('Apple').check();
    expect(await sentValues(chat, 2)).toEqual({ fruit: 'a' });
    await chat.until(() => chat.events('onResponseEnd').length === 3);
    await field(chat, 'Day').fill('2026-03-04');
    expect(await sentValues(chat, 3)).toEqual({ day: '2026-03-04' });
    expect(await chat.objections()).toEqual([]);
  });

  it('is a day within bounds, which can be cleared', async () => {
    const chat = await harness.open();
    const picker = {
      type: 'DatePicker',
      name: 'day',
      defaultValue: '2026-02-03T10:00:00Z',
      min: '2026-02-01T00:00:00Z',
      max: '2026-02-28T00:00:00Z',
      clearable: true,
    };
    const odd = { type: 'DatePicker', name: 'odd', defaultValue: 'tomorrow', min: 7 };
    await show(chat, form([picker, odd]));
    const day = field(chat, 'day');
    await expect(day).toHaveValue('2026-02-03');
    await day.fill('2026-03-01');
    await chat.button('Save').click();
    await day.fill('2026-02-05');
    await chat.button('Save').click();
    expect(await sentValues(chat)).toEqual({ day: '2026-02-05', odd: '' });
    expect(chat.requests('threads.custom_action')).toHaveLength(1);
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.button('Clear day').click();
    await chat.button('Save').click();
    expect(await sentValues(chat, 2)).toEqual({ day: '', odd: '' });
    expect(await chat.objections()).toEqual([]);
  });
});
