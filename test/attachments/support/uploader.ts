import type { Attachment, ThreadItem } from '../../../src/chatkit/core/index.js';
import { ChatClient, type Refusal, type Turn } from '../../app/support/chat-client.js';
import { tokenOf, type Person } from '../../app/support/tokens.js';
import type { AttachmentsApp } from './attachments-app.js';

/** A file in the hands of a client. */
export interface ClientFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** The smallest image there is. */
export const PNG: ClientFile = {
  name: 'dot.png',
  type: 'image/png',
  content: new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  ),
};
export const PDF: ClientFile = {
  name: 'terms.pdf',
  type: 'application/pdf',
  content: '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF',
};
export const NOTE: ClientFile = { name: 'note.txt', type: 'text/plain', content: 'The code word is heron.' };

/** A client that uploads files and sends them. */
export class Uploader {
  private constructor(
    private readonly app: Pick<AttachmentsApp, 'url' | 'reach'>,
    private readonly token: string,
    readonly chat: ChatClient,
  ) {}

  static async of(app: Pick<AttachmentsApp, 'url' | 'reach'>, person: Person): Promise<Uploader> {
    return new Uploader(app, await tokenOf(person), await ChatClient.of(app.url, person));
  }

  /** The first phase. */
  announce({ name, type, content }: ClientFile, size = content.length): Promise<Attachment> {
    return this.chat.json('attachments.create', { name, size, mime_type: type });
  }

  /** The second phase, without a token. */
  upload(attachment: Attachment, file: ClientFile, method: 'POST' | 'PUT' = 'POST'): Promise<Response> {
    const url = this.app.reach(attachment.upload_descriptor?.url ?? '');
    if (method === 'POST') return fetch(url, { method, body: form(file) });
    return fetch(url, { method, body: file.content, headers: { 'content-type': file.type } });
  }

  /** Both phases. */
  async attach(file: ClientFile): Promise<Attachment> {
    const attachment = await this.announce(file);
    const response = await this.upload(attachment, file);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Attachment;
  }

  /** An upload in one request. */
  direct(
    file: ClientFile,
    headers: Record<string, string> = {},
    field = 'file',
    signal: AbortSignal | null = null,
  ): Promise<Response> {
    return fetch(`${this.app.url}/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      body: form(file, field),
      signal,
    });
  }

  send(text: string, attachments: readonly Attachment[], threadId?: string): Promise<Turn> {
    return this.chat.turn(message(text, attachments, threadId));
  }

  /** The user's messages of a thread as a client reads them now. */
  async read(threadId: string): Promise<readonly Extract<ThreadItem, { type: 'user_message' }>[]> {
    const items = await this.chat.allItems(threadId);
    return items.flatMap((item) => (item.type === 'user_message' ? [item] : []));
  }

  preview(attachment: Attachment | undefined): Promise<Response> {
    return fetch(this.app.reach(previewUrl(attachment)));
  }
}

export function message(text: string, attachments: readonly { id: string }[], threadId?: string): object {
  const content = [{ type: 'input_text', text }];
  const input = { content, attachments: attachments.map(({ id }) => id), inference_options: {} };
  return threadId === undefined
    ? { type: 'threads.create', params: { input } }
    : { type: 'threads.add_user_message', params: { input, thread_id: threadId } };
}

export function previewUrl(attachment: Attachment | undefined): string {
  if (attachment?.type !== 'image') throw new Error('Not an image');
  return attachment.preview_url;
}

/** A refusal of the uploads' own routes. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const { code, message: text, field } = ((await response.json()) as { error: Refusal }).error;
  return { status: response.status, code, message: text, ...(field !== undefined && { field }) };
}

function form({ name, type, content }: ClientFile, field = 'file'): FormData {
  const data = new FormData();
  data.set(field, new Blob([content], { type }), name);
  return data;
}
