import { ChatKitFailure } from './failure.js';
import { filled, record } from './json.js';
import { readAttachment } from './read-parts.js';
import type { FileRequest, Transport } from './transport.js';
import type { AttachmentInfo } from './wire.js';

/** How files reach the server: in one request, or announced first and then sent where the server says. */
export type UploadStrategy =
  { readonly type: 'two_phase' } | { readonly type: 'direct'; readonly uploadUrl: string };

export interface FileToUpload {
  readonly file: File;
  readonly mimeType: string;
}

export interface UploadSignals {
  /** Ends all requests. */
  readonly lifetime: AbortSignal;
  /** Ends this upload; what the server has of it is deleted. */
  readonly upload: AbortSignal;
}

export function readStrategy(value: unknown): UploadStrategy | undefined {
  const { type, uploadUrl } = record(value);
  if (type === 'two_phase') return { type };
  const url = filled(uploadUrl);
  return type === 'direct' && url !== undefined ? { type, uploadUrl: url } : undefined;
}

/**
 * Brings a file to the server.
 *
 * @throws ChatKitFailure when a request fails or its answer is not what the protocol says
 */
export async function uploadFile(
  { file, mimeType }: FileToUpload,
  strategy: UploadStrategy | undefined,
  transport: Transport,
  signals: UploadSignals,
): Promise<AttachmentInfo> {
  if (!strategy) throw new ChatKitFailure('hosted', 'api.uploadStrategy is not set');
  if (strategy.type === 'direct') {
    const request = { url: strategy.uploadUrl, method: 'POST', headers: {}, body: formOf(file) } as const;
    return withSize(attachmentOf(await transport.upload(request, signals.upload)), file);
  }
  const params = { name: file.name, size: file.size, mime_type: mimeType };
  // Not ended with the upload: what the server creates must be known to be deleted.
  const answer = await transport.request({ type: 'attachments.create', params }, signals.lifetime);
  const attachment = attachmentOf(answer);
  try {
    await transport.upload(requestOf(answer, file), signals.upload);
  } catch (thrown) {
    // Whoever waits for the file is told at once, however long the server takes for this.
    deleteUploaded(attachment.id, transport, signals.lifetime).catch(() => undefined);
    throw thrown;
  }
  return withSize(attachment, file);
}

export async function deleteUploaded(id: string, transport: Transport, signal: AbortSignal): Promise<void> {
  await transport.request({ type: 'attachments.delete', params: { attachment_id: id } }, signal);
}

function attachmentOf(answer: unknown): AttachmentInfo {
  const attachment = readAttachment(answer);
  if (!attachment)
    throw new ChatKitFailure('server', 'The server did not answer an upload with an attachment');
  return attachment;
}

function withSize(attachment: AttachmentInfo, { size }: File): AttachmentInfo {
  return { ...attachment, size };
}

/** What the server asks for: a form with the file, the bare bytes, or the address that older servers give. */
function requestOf(answer: unknown, file: File): FileRequest {
  const { upload_descriptor: descriptor, upload_url: legacy } = record(answer);
  const { url: wanted, method, headers: given } = record(descriptor);
  const url = filled(wanted) ?? filled(legacy);
  if (url === undefined) throw new ChatKitFailure('server', 'The server did not say where to upload to');
  const headers = Object.fromEntries(
    Object.entries(record(given)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  if (method === 'PUT') return { url, method, headers, body: file };
  // The browser writes the boundary of a form into its content type.
  const fitting = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
  return { url, method: 'POST', headers: Object.fromEntries(fitting), body: formOf(file) };
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file, file.name);
  return form;
}
