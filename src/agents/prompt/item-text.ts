import type { Attachment, Task, ThreadItem, UserMessageItem } from '../../chatkit/core/index.js';
import { cut } from '../../chatkit/core/cut.js';

/** Who an entry of the conversation comes from. `context`: put there by the portal, unseen by the user. */
export type Speaker = 'user' | 'quoted by user' | 'assistant' | 'shown to user' | 'client tool' | 'context';

/** One thing that was said or shown, as text. */
export interface Entry {
  readonly speaker: Speaker;
  readonly text: string;
}

const MAX_TOOL_OUTPUT = 1000;

/** An attachment by name and type, and if wanted what became of it. */
export function attachmentText({ name, mime_type: type }: Attachment, fate?: string): string {
  return `[attachment: ${name} (${type})${fate === undefined ? '' : `, ${fate}`}]`;
}

/** The user's words as typed, tags as `@name`, attachments by name. */
export function userText({ content, attachments }: UserMessageItem): string {
  const words = content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join('');
  return [words, ...attachments.map((attachment) => attachmentText(attachment))]
    .filter((part) => part !== '')
    .join('\n');
}

function json(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function shownTask(task: Task): Entry[] {
  if (task.type !== 'custom') return [];
  return [{ speaker: 'shown to user', text: [task.title, task.content].filter(Boolean).join(': ') }];
}

function textOf(item: ThreadItem): Entry[] {
  switch (item.type) {
    case 'user_message': {
      const said: Entry = { speaker: 'user', text: userText(item) };
      const { quoted_text: quoted } = item;
      return quoted ? [{ speaker: 'quoted by user', text: quoted }, said] : [said];
    }
    case 'assistant_message':
      return [{ speaker: 'assistant', text: item.content.map((part) => part.text).join('\n') }];
    case 'widget':
      return [{ speaker: 'shown to user', text: item.copy_text ?? '' }];
    case 'generated_image':
      return [{ speaker: 'shown to user', text: item.image === undefined ? '' : 'a generated image' }];
    case 'structured_input': {
      const lines = item.inputs.map(({ question, answer }) => {
        if (answer === undefined) return `- ${question}: unanswered`;
        return `- ${question}: ${answer.skipped ? 'skipped' : answer.values.join(', ')}`;
      });
      return [{ speaker: 'shown to user', text: `Questions (${item.status})\n${lines.join('\n')}` }];
    }
    case 'client_tool_call':
      if (item.status === 'pending') return [];
      return [
        {
          speaker: 'client tool',
          text: `${item.name}: ${cut(json(item.output), MAX_TOOL_OUTPUT)}`,
        },
      ];
    case 'hidden_context_item':
    case 'sdk_hidden_context':
      return [{ speaker: 'context', text: json(item.content) }];
    case 'task':
      return shownTask(item.task);
    case 'workflow':
      return item.workflow.tasks.flatMap(shownTask);
    case 'end_of_turn':
      return [];
    default:
      item satisfies never;
      return [];
  }
}

/** What an item says; nothing for items that only mark or decorate. */
export function entriesOf(item: ThreadItem): Entry[] {
  return textOf(item).filter(({ text }) => text.trim() !== '');
}
