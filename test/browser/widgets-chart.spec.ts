import { expect } from './expect.js';
import { useHarness, type Chat } from './harness/harness.js';
import { show, styleOf } from './harness/widgets.js';

const harness = useHarness();

const data = [
  { day: 'Mon', visits: 120, sales: 12, returns: -3 },
  { day: 'Tue', visits: 90, sales: 8, returns: -1 },
  { day: 'Wed', visits: 'none', sales: 15, returns: 0 },
  { day: 'Thu', visits: 150, sales: 20, returns: -4 },
];
const chart = (more: object = {}) => ({
  type: 'Card',
  children: [
    {
      type: 'Chart',
      data,
      series: [
        { type: 'bar', dataKey: 'sales', label: 'Sales', stack: 'money', color: 'green' },
        { type: 'bar', dataKey: 'returns', label: 'Returns', stack: 'money' },
        { type: 'line', dataKey: 'visits', label: 'Visits', color: { light: '#010203', dark: '#f1f2f3' } },
      ],
      xAxis: { dataKey: 'day', labels: { Mon: 'Monday' } },
      showYAxis: true,
      ...more,
    },
  ],
});
const plot = (chat: Chat) => chat.log.getByRole('group', { name: /^Chart:/ });

describe('A chart', () => {
  it.each(['light', 'dark'] as const)(
    'draws what it is given in the colours of the scheme, %s',
    async (theme) => {
      const chat = await harness.open({ theme });
      await show(chat, chart());
      await plot(chat).waitFor();
      await expect(chat.log.locator('.chart-bar rect')).toHaveCount(8);
      const line = chat.log.locator('.chart-line .chart-line');
      await expect(line).toHaveCSS('stroke', theme === 'light' ? 'rgb(1, 2, 3)' : 'rgb(241, 242, 243)');
      // Wednesday has no number, so the line has a gap.
      await expect(line).toHaveAttribute('d', /^[^M]*M[^M]*M[^M]*$/);
      await chat.log.locator('.chart-label', { hasText: 'Monday' }).waitFor();
      await expect.poll(() => chat.log.locator('.chart-tick text').count()).toBeGreaterThan(3);
      await expect(chat.log.locator('.chart-legend li')).toHaveText(['Sales', 'Returns', 'Visits']);
      expect(await chat.objections()).toEqual([]);
      await chat.leave();
    },
  );

  it('tells its numbers to the pointer, to keys, and in a table to those who do not see it', async () => {
    const chat = await harness.open();
    await show(chat, chart());
    await plot(chat).waitFor();
    const table = chat.log.getByRole('table', { name: 'Chart: Sales, Returns, Visits' });
    await expect(table.getByRole('row', { name: 'Thu 20 -4 150' })).toHaveCount(1);
    await expect(table.getByRole('row', { name: 'Wed 15 0 –' })).toHaveCount(1);
    const tooltip = chat.log.locator('.chart-tooltip');
    const drawing = plot(chat).locator('svg');
    const box = await drawing.boundingBox();
    if (!box) throw new Error('the chart has no place');
    await drawing.hover({ position: { x: box.width * 0.9, y: 40 } });
    await expect(tooltip).toContainText('Thu');
    await chat.page.mouse.move(0, 0);
    await tooltip.waitFor({ state: 'detached' });
    await plot(chat).press('ArrowRight');
    await expect(tooltip).toContainText('Monday');
    await plot(chat).press('End');
    await plot(chat).press('ArrowLeft');
    await expect(tooltip).toContainText('Wed');
    expect(await chat.objections()).toEqual([]);
    await plot(chat).press('Escape');
    await tooltip.waitFor({ state: 'detached' });
  });

  it('leaves away what is not wanted, and takes the room it is given', async () => {
    const chat = await harness.open();
    const series = [
      { type: 'area', dataKey: 'sales', stack: 'all', curveType: 'monotone', color: 'red-500' },
      { type: 'area', dataKey: 'visits', stack: 'all', curveType: 'step' },
      { type: 'pie', dataKey: 'visits' },
    ];
    await show(
      chat,
      chart({
        series,
        xAxis: { dataKey: 'day', hide: true },
        showYAxis: false,
        showLegend: false,
        showTooltip: false,
        height: 120,
        width: 300,
      }),
    );
    const place = chat.log.locator('.w-plot');
    await expect(place.locator('.chart-fill')).toHaveCount(2);
    await expect.poll(() => styleOf(place, 'height', 'width')).toEqual(['120px', '300px']);
    await expect(place.locator('text')).toHaveCount(0);
    await expect(chat.log.locator('.chart-legend')).toHaveCount(0);
    await expect(place).not.toHaveAttribute('tabindex');
    await place.hover();
    expect(await chat.objections()).toEqual([]);
    await expect(chat.log.locator('.chart-tooltip')).toHaveCount(0);
  });
});
