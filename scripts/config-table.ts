import { CONFIG_CLASSES } from '../src/config/app.config.js';
import { describeConfig, type ConfigRow } from '../src/config/validate.js';

const BETWEEN_MARKERS = /(<!-- variables:[^>]*-->\n)[\s\S]*?(<!-- \/variables -->)/;

function line({ name, default: value, description }: ConfigRow): string {
  return `| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | ${description} |`;
}

/** The table of all variables, each once, in Markdown. */
export function configTable(): string {
  const rows = new Map(CONFIG_CLASSES.flatMap(describeConfig).map((row) => [row.name, row]));
  return ['| variable | default | meaning |', '|---|---|---|', ...[...rows.values()].map(line)].join('\n');
}

/** The README with its table replaced. */
export function withTable(readme: string, table: string): string {
  return readme.replace(
    BETWEEN_MARKERS,
    (_all, begin: string, end: string) => `${begin}\n${table}\n\n${end}`,
  );
}
