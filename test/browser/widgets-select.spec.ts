import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import { field, form, sentAction, sentValues, show } from './harness/widgets.js';

const harness = useHarness();

describe('A select', () => {
  const options = [
    { value: 's', label: 'Small' },
    { value: 'm', label: 'Medium' },
    { value: 'x', label: 'Sold out', disabled: true },
  ];
  const many = Array.from({ length: 20 }, (_, at) => ({
    value: `c${at}`,
    label: `City ${at}`,
    description: `Region ${at % 4}`,
    disabled: at === 2,
  }));

  it('starts with its value, sends each change, and can be cleared', async () => {
    const chat = await harness.open();
    const select = {
      type: 'Select',
      name: 'order.size',
      options,
      defaultValue: 'm',
      clearable: true,
      placeholder: 'Which size?',
      onChangeAction: { type: 'resize', payload: { shop: 1 } },
    };
    await show(chat, { type: 'Card', children: [select] });
    const shown = field(chat, 'Which size?');
    await expect(shown).toHaveValue('m');
    await shown.selectOption('s');
    expect(await sentAction(chat)).toEqual({
      type: 'resize',
      payload: { shop: 1, order: { size: 's' } },
    });
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.button('Clear Which size?').click();
    expect(await sentAction(chat, 2)).toEqual({ type: 'resize', payload: { shop: 1, order: { size: '' } } });
    await expect(shown).toHaveValue('');
    await expect(shown.locator('option:checked')).toHaveText('Which size?');
    await expect(shown.locator('option[value="x"]')).toBeDisabled();
    expect(await chat.objections()).toEqual([]);
  });

  it('of many options, described, is searched and chosen from by keyboard', async () => {
    const chat = await harness.open();
    const label = { type: 'Label', value: 'City of birth', fieldName: 'city' };
    await show(chat, form([label, { type: 'Select', name: 'city', options: many, clearable: true }]));
    const opener = field(chat, 'City of birth');
    await opener.press('ArrowDown');
    const search = chat.log.getByRole('combobox');
    await expect(search).toBeFocused();
    await chat.log.getByRole('option', { name: 'City 3', exact: false }).first().waitFor();
    await expect(chat.log.getByText('Region 3')).toHaveCount(5);
    expect(await chat.objections()).toEqual([]);
    await search.pressSequentially('region 1');
    await search.press('ArrowDown');
    await search.press('Enter');
    await chat.log.getByRole('listbox').waitFor({ state: 'detached' });
    await expect(opener).toBeFocused();
    await expect(opener).toHaveText('City 5');
    await opener.press('Enter');
    await search.pressSequentially('City 2');
    await search.press('Enter');
    await search.press('Escape');
    await chat.button('Save').click();
    expect(await sentValues(chat)).toEqual({ city: 'c5' });
    await chat.until(() => chat.events('onResponseEnd').length === 2);
    await chat.button('Clear city').click();
    await chat.button('Save').click();
    expect(await sentValues(chat, 2)).toEqual({ city: '' });
    expect(await chat.objections()).toEqual([]);
  });

  it('of few described options is a list without a search', async () => {
    const chat = await harness.open();
    const choose = { type: 'choose' };
    const select = { type: 'Select', name: 'city', options: many.slice(0, 4), onChangeAction: choose };
    await show(chat, { type: 'Card', children: [{ ...select, block: true, variant: 'soft', pill: true }] });
    await chat.button('city').click();
    const shown = chat.log.getByRole('listbox');
    await expect(shown).toBeFocused();
    await shown.press('End');
    await shown.press('Enter');
    expect(await sentAction(chat)).toEqual({ type: 'choose', payload: { city: 'c3' } });
    await chat.button('city: City 3').click();
    await chat.log.getByRole('option', { name: 'City 0' }).click();
    expect(await sentAction(chat, 2)).toEqual({ type: 'choose', payload: { city: 'c0' } });
    expect(await chat.objections()).toEqual([]);
  });

  it('offers no search where the server wants none', async () => {
    const chat = await harness.open();
    const plain = many.map(({ value, label }) => ({ value, label }));
    await show(chat, form([{ type: 'Select', name: 'city', options: plain, searchable: false }]));
    await field(chat, 'city').selectOption('c7');
    await chat.button('Save').click();
    expect(await sentValues(chat)).toEqual({ city: 'c7' });
  });
});
