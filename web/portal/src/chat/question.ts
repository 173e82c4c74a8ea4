import type { UseChatKitReturn } from '@openai/chatkit-react';
import type { Brand } from '../articles/types.js';
import type { Demo } from '../try/demos.js';
import { entitiesOf } from './entities.js';

/** What was asked from the page. Each asking is an object of its own. */
export interface Question {
  readonly demo: Pick<Demo, 'prompt' | 'tool' | 'mention' | 'file'>;
}

/** Asks it in a new conversation, whatever runs in the present one. */
export async function ask({ demo }: Question, brand: Brand, chat: UseChatKitReturn): Promise<void> {
  const { prompt: text, tool, mention, file } = demo;
  await chat.setThreadId(null);
  if (file !== undefined) {
    const files = [new File([file], 'note.txt', { type: 'text/plain' })];
    await chat.setComposerValue({ text, files });
    await chat.focusComposer();
    return;
  }
  const entity = mention && entitiesOf(brand)[0];
  const content = entity
    ? [
        { type: 'input_text' as const, text },
        {
          type: 'input_tag' as const,
          id: entity.id,
          text: entity.title,
          interactive: true,
          group: entity.group ?? '',
          data: entity.data ?? {},
        },
      ]
    : undefined;
  await chat.sendUserMessage({
    newThread: true,
    ...(content ? { content } : { text }),
    ...(tool === undefined ? {} : { toolChoice: { id: tool } }),
  });
}
