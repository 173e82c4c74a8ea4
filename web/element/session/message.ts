import type { UserMessageContent } from '@openai/chatkit';
import type { Draft } from './composer.js';
import { localId } from './apply.js';
import { readAll } from './json.js';
import { readAttachment, readUserContent } from './read-parts.js';
import { richOf } from './rich-text.js';
import type { AttachmentInfo, InferenceOptions, UserContent, UserMessageItem } from './wire.js';

/** A message about to be sent, before the server has seen it. */
export interface OutgoingMessage {
  readonly text?: string | undefined;
  readonly content?: readonly UserMessageContent[] | undefined;
  readonly reply?: string | undefined;
  readonly attachments?: readonly AttachmentInfo[] | undefined;
  readonly toolChoice?: { readonly id: string } | undefined;
  readonly model?: string | undefined;
}

/** The message's parts in wire form: text first unless structured content was given. */
export function contentOf(message: OutgoingMessage): readonly UserContent[] {
  if (message.content) return readAll(message.content, readUserContent);
  return message.text === undefined || message.text === ''
    ? []
    : [{ type: 'input_text', text: message.text }];
}

export function isBlank(message: OutgoingMessage): boolean {
  const hasWords = contentOf(message).some((part) => part.type === 'input_tag' || part.text.trim() !== '');
  return !hasWords && (message.attachments?.length ?? 0) === 0;
}

function attachmentsOf(message: OutgoingMessage): readonly AttachmentInfo[] {
  return readAll(message.attachments, readAttachment);
}

function inferenceOf(message: OutgoingMessage): InferenceOptions {
  const { toolChoice, model } = message;
  return { ...(toolChoice ? { tool_choice: { id: toolChoice.id } } : {}), ...(model ? { model } : {}) };
}

/** The `input` of `threads.create` and `threads.add_user_message`. */
export function inputOf(message: OutgoingMessage): Record<string, unknown> {
  return {
    content: contentOf(message),
    quoted_text: message.reply ?? '',
    attachments: attachmentsOf(message).map(({ id }) => id),
    inference_options: inferenceOf(message),
  };
}

/** The item shown until the server's own arrives. */
export function optimisticItem(message: OutgoingMessage, threadId: string, serial: number): UserMessageItem {
  return {
    type: 'user_message',
    id: localId(serial),
    thread_id: threadId,
    created_at: '',
    content: contentOf(message),
    attachments: attachmentsOf(message),
    inference_options: inferenceOf(message),
    ...(message.reply ? { quoted_text: message.reply } : {}),
  };
}

/** What goes back into the composer when a message could not be sent. */
export function draftOf(message: OutgoingMessage): Draft {
  const { reply, toolChoice } = message;
  return {
    ...richOf(contentOf(message)),
    ...(reply ? { reply } : {}),
    ...(toolChoice ? { toolId: toolChoice.id } : {}),
  };
}
