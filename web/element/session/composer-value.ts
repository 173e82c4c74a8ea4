import type { Attachment, UserMessageContent } from '@openai/chatkit';
import type { ComposerParts } from './composer-parts.js';
import { contentOf } from './message.js';
import { plainRich, richOf } from './rich-text.js';

/** What `setComposerValue` takes; absent members leave their part of the composer as it is. */
export interface ComposerChange {
  readonly text?: string;
  readonly content?: UserMessageContent[];
  readonly reply?: string;
  readonly attachments?: Attachment[];
  readonly files?: File[];
  readonly selectedToolId?: string | null;
  readonly selectedModelId?: string;
}

/** Puts the given values into the composer; `content` wins over `text`. */
export function putComposerValue(
  change: ComposerChange,
  { composer, choices, uploads }: ComposerParts,
): void {
  const { content, text, reply, attachments, files, selectedToolId, selectedModelId } = change;
  composer.put({
    ...(typeof text === 'string' ? plainRich(text) : {}),
    ...(content ? richOf(contentOf({ content })) : {}),
    ...(reply === undefined ? {} : { reply }),
  });
  if (attachments !== undefined) uploads.put(attachments);
  if (Array.isArray(files)) uploads.add(files.filter((file) => file instanceof File));
  if (selectedToolId !== undefined) choices.pickTool(selectedToolId);
  if (typeof selectedModelId === 'string') choices.pickModel(selectedModelId);
}
