import type { Entity, EntitiesOption, ModelOption, ToolOption } from '@openai/chatkit';
import { compact, filled, readAll, record, text } from './json.js';

/** What the page says about its entities. */
export interface EntityOptions {
  readonly search: ((query: string) => Promise<Entity[]>) | undefined;
  readonly showMenu: boolean;
  readonly click: ((entity: Entity) => void) | undefined;
  readonly preview: EntitiesOption['onRequestPreview'];
}

function fn(value: unknown): unknown {
  return typeof value === 'function' ? value : undefined;
}

function readTool(value: unknown): ToolOption | undefined {
  const tool = record(value);
  const id = filled(tool.id);
  if (id === undefined) return undefined;
  return compact({
    id,
    label: filled(tool.label) ?? id,
    icon: (text(tool.icon) ?? 'sparkle') as ToolOption['icon'],
    shortLabel: filled(tool.shortLabel),
    placeholderOverride: filled(tool.placeholderOverride),
    pinned: tool.pinned === true,
    persistent: tool.persistent === true,
  });
}

function readModel(value: unknown): ModelOption | undefined {
  const model = record(value);
  const id = filled(model.id);
  if (id === undefined) return undefined;
  return compact({
    id,
    label: filled(model.label) ?? id,
    description: filled(model.description),
    disabled: model.disabled === true,
    default: model.default === true,
  });
}

export function readTools(value: unknown): readonly ToolOption[] {
  return readAll(value, readTool);
}

export function readModels(value: unknown): readonly ModelOption[] {
  return readAll(value, readModel);
}

export function readEntities(value: unknown): EntityOptions {
  const entities = record(value);
  const search = fn(entities.onTagSearch) as EntityOptions['search'];
  return {
    search,
    showMenu: search !== undefined && entities.showComposerMenu === true,
    click: fn(entities.onClick) as EntityOptions['click'],
    preview: fn(entities.onRequestPreview) as EntityOptions['preview'],
  };
}
