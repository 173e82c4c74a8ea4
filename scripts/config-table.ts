import { CONFIG_CLASSES } from '../src/config/app.config.js';
import { describeConfig, type ConfigRow } from '../src/config/validate.js';
import { CONFIG_TOPICS, FIRST_VARIABLES } from './config-topics.js';

const BETWEEN_MARKERS = /(<!-- variables:[^>]*-->\n)[\s\S]*?(<!-- \/variables -->)/;
const REST = 'Further settings';

function line({ name, default: value, description }: ConfigRow): string {
  return `| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | ${description} |`;
}

function section(title: string, rows: readonly ConfigRow[]): string {
  const table = ['| variable | default | meaning |', '|---|---|---|', ...rows.map(line)];
  return [`## ${title}`, '', ...table].join('\n');
}

function topicOf({ name }: ConfigRow): string {
  return CONFIG_TOPICS.find(({ names }) => names.test(name))?.title ?? REST;
}

/** The tables of all variables, each once, in Markdown: the first ones, then a section for each topic. */
export function configTables(): string {
  const rows = new Map(CONFIG_CLASSES.flatMap(describeConfig).map((row) => [row.name, row]));
  const first = FIRST_VARIABLES.flatMap((name) => rows.get(name) ?? []);
  for (const { name } of first) rows.delete(name);
  const sections = Map.groupBy(rows.values(), topicOf);
  const titles = [...CONFIG_TOPICS.map(({ title }) => title), REST];
  return [
    section('The twelve that matter first', first),
    ...titles.flatMap((title) => {
      const found = sections.get(title);
      return found === undefined ? [] : section(title, found);
    }),
  ].join('\n\n');
}

/** The page with its tables replaced. */
export function withTables(page: string, tables: string): string {
  return page.replace(BETWEEN_MARKERS, (_all, begin: string, end: string) => `${begin}\n${tables}\n\n${end}`);
}
