import type { Entity } from '@openai/chatkit';
import { compact, filled, record, text } from './json.js';
import type { JsonRecord } from './json.js';
import type { Tag } from './rich-text.js';

/** Something of the page's own that a message or an answer refers to. */
export interface EntityInfo {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  readonly group?: string;
  readonly interactive: boolean;
  readonly data: JsonRecord;
}

export function readEntity(value: unknown): EntityInfo | undefined {
  const found = record(value);
  const id = text(found.id);
  if (id === undefined) return undefined;
  return compact({
    id,
    title: filled(found.title) ?? id,
    icon: filled(found.icon),
    group: filled(found.group),
    interactive: found.interactive === true,
    data: record(found.data),
  });
}

export function tagOf({ id, title, group, interactive, data }: EntityInfo): Tag {
  return compact({ type: 'input_tag' as const, id, text: title, group, interactive, data });
}

export function entityOf(tag: Tag): EntityInfo {
  const { id, text: title, group, interactive, data } = tag;
  return compact({ id, title, group, interactive, data });
}

/** The entity as the page gets it back. */
export function publicEntity({ id, title, icon, group, interactive, data }: EntityInfo): Entity {
  // The page put the data in; it gets back what it gave.
  return compact({ id, title, icon, group, interactive, data: data as Record<string, string> });
}
