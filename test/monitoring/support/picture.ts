import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { BROWSER_FLAGS, chromiumPath } from '../../../scripts/chromium.js';
import type { ShownPanel } from './panels.js';

const ROOT = join(import.meta.dirname, '../../..');
const CHARTS = join(ROOT, 'node_modules/chart.js/dist/chart.umd.min.js');
const WIDTH = 1500;
/** Pixels of a row of Grafana's grid, which has 24 columns. */
const ROW = 26;

const STYLE = `
  body { margin: 12px; background: #f4f5f5; font: 13px Inter, sans-serif; color: #24292e }
  main { position: relative }
  section { position: absolute; box-sizing: border-box; padding: 6px 8px; background: #fff; border: 1px solid #e3e4e6; border-radius: 3px }
  section.row { background: none; border: 0; font-weight: 600 }
  h2 { margin: 0 0 4px; font-size: 13px; font-weight: 500 }
  div { position: relative; height: calc(100% - 22px) }
  b { font-size: 30px; font-weight: 500; color: #1a7f4b }`;

/** Runs in the page: `Chart` is there by then. */
const DRAW = `(panels) => {
  const colours = ['#3274d9', '#56a64b', '#e02f44', '#ff780a', '#8f3bb8', '#f2cc0c', '#19817c', '#b877d9', '#705da0', '#447ebc'];
  const units = { s: (value) => (value < 1 ? Math.round(value * 1000) + ' ms' : value.toFixed(1) + ' s'),
    bytes: (value) => (value / 1e6).toFixed(1) + ' MB', percentunit: (value) => Math.round(value * 100) + ' %' };
  for (const [index, { type, lines, fieldConfig }] of panels.entries()) {
    const place = document.querySelector('#panel' + index + ' div');
    if (type === 'stat') {
      place.innerHTML = '<b></b>';
      place.firstChild.textContent = lines.map(({ name, values }) => name + ' ' + values.at(-1)[1]).join(', ');
    }
    if (type !== 'timeseries') continue;
    const canvas = place.appendChild(document.createElement('canvas'));
    const unit = units[fieldConfig?.defaults.unit];
    new Chart(canvas, { type: 'line',
      data: { datasets: lines.map(({ name, values }, each) => ({ label: name, borderColor: colours[each % 10], backgroundColor: colours[each % 10],
        borderWidth: 1.3, pointRadius: 0, data: values.map(([x, y]) => ({ x, y: Number(y) })) })) },
      options: { animation: false, maintainAspectRatio: false, parsing: true,
        scales: { x: { type: 'linear', ticks: { maxTicksLimit: 5, callback: (x) => new Date(x * 1000).toISOString().slice(11, 19) } },
          y: { beginAtZero: true, ticks: { maxTicksLimit: 5, ...(unit && { callback: unit }) } } },
        plugins: { legend: { position: 'bottom', labels: { boxWidth: 9, boxHeight: 2, font: { size: 10 } } } } } });
  }
}`;

/** Draws the panels where the dashboard has them: the queries and the figures are its own, the strokes are not Grafana's. */
export async function drawPanels(panels: readonly ShownPanel[], name: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: BROWSER_FLAGS,
    headless: true,
  });
  try {
    const bottom = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
    const height = bottom * ROW + 24;
    const page = await browser.newPage({ viewport: { width: WIDTH, height }, deviceScaleFactor: 1 });
    const column = (WIDTH - 24) / 24;
    const boxes = panels.map(({ title, type, gridPos: { x, y, w, h } }, index) => {
      const place = `left:${x * column}px;top:${y * ROW}px;width:${w * column - 6}px;height:${h * ROW - 6}px`;
      return `<section id="panel${index}" class="${type}" style="${place}"><h2>${title}</h2><div></div></section>`;
    });
    await page.setContent(`<style>${STYLE}</style><main>${boxes.join('')}</main>`);
    await page.addScriptTag({ path: CHARTS });
    await page.evaluate(`(${DRAW})(${JSON.stringify(panels)})`);
    await page.screenshot({ path: join(ROOT, 'docs/images', `${name}.png`) });
  } finally {
    await browser.close();
  }
}
