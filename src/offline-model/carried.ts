import * as z from 'zod';
import { plain } from './plain.js';
import type { RequestView } from './request-view.js';

const mention = z.object({
  name: z.string(),
  group: z.string().optional().catch(undefined),
  data: z.record(z.string(), z.unknown()).catch({}),
});

/** What came with a message besides its words, a paragraph for each kind. */
export function carried({ attachments, mentions, quoted }: RequestView): string[] {
  return [
    attachments.length > 0 && list('You attached:', attachments.map(plain)),
    mentions.length > 0 && list('You mentioned:', mentions.map(mentioned)),
    quoted !== undefined && `You quoted: “${plain(quoted)}”`,
  ].filter((part) => part !== false);
}

function list(heading: string, entries: readonly string[]): string {
  return `${heading}\n\n${entries.map((entry) => `- ${entry}`).join('\n')}`;
}

/** An entity by its name, its group and what the page knows of it. */
function mentioned(json: string): string {
  const { data: entity } = z.preprocess(parsed, mention).safeParse(json);
  if (entity === undefined) return plain(json);
  const { name, group, data } = entity;
  const facts = Object.entries(data).map(([key, value]) => `${key}: ${String(value)}`);
  const about = [...(group === undefined ? [] : [group]), ...facts].join(', ');
  return about === '' ? `**${plain(name)}**` : `**${plain(name)}** (${plain(about)})`;
}

function parsed(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}
