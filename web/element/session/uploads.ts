import { asFailure, isAbort } from './failure.js';
import type { FailureCode } from './failure.js';
import { readAll } from './json.js';
import type { Options } from './options.js';
import { readAttachment } from './read-parts.js';
import { Store } from './store.js';
import type { Transport } from './transport.js';
import { deleteUploaded, uploadFile } from './upload-file.js';
import { refusalOf, typeOf } from './upload-limits.js';
import type { Refusal } from './upload-limits.js';
import type { AttachmentInfo } from './wire.js';

/** A file in the composer, on its way to the server or there. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly mimeType: string;
  /** Absent for what the page has uploaded itself. */
  readonly file?: File;
  readonly status: 'uploading' | 'ready' | 'failed';
  readonly problem?: FailureCode;
  /** What the server says of a file that it never takes. */
  readonly refusal?: string;
  /** Set as soon as it is ready. */
  readonly attachment?: AttachmentInfo;
}

export interface UploadState {
  readonly uploads: readonly Upload[];
  /** Files that the last addition left out. */
  readonly refusals: readonly Refusal[];
}

export interface UploadsHost {
  readonly options: Store<Options>;
  readonly transport: Transport;
  /** Ends when the element leaves the page. */
  readonly signal: () => AbortSignal;
  report(error: Error): void;
}

/** An upload together with the thread whose draft holds it. */
interface Kept {
  readonly thread: string;
  readonly upload: Upload;
}

/** The server's code for a file that it takes at no time. */
const REFUSED = 'file_refused';
const NONE: UploadState = { uploads: [], refusals: [] };
/** Uploads that the drafts of all threads may hold together. */
const MAX_KEPT = 200;

/** The files of the composer's draft; every thread has its own, and their uploads go on while it is left. */
export class Uploads {
  readonly state = new Store<UploadState>(NONE);
  #kept: readonly Kept[] = [];
  readonly #running = new Map<number, AbortController>();
  #thread = '';
  #serial = 0;

  constructor(private readonly host: UploadsHost) {}

  /** True when nothing is left to be waited for, to be tried again or to be removed. */
  get settled(): boolean {
    return this.state.value.uploads.every(({ status }) => status === 'ready');
  }

  get attachments(): readonly AttachmentInfo[] {
    return this.state.value.uploads.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Takes files into the draft and uploads them at once; those outside the limits are left out. */
  add(files: readonly File[]): void {
    if (files.length === 0) return;
    const { attachments, api } = this.host.options.value;
    if (!api.uploads) {
      this.host.report(new Error('Files cannot be uploaded: api.uploadStrategy is not set'));
      return;
    }
    const refusals: Refusal[] = [];
    let count = this.state.value.uploads.length;
    for (const file of files) {
      const refusal = this.#kept.length >= MAX_KEPT ? tooMany(file) : refusalOf(file, count, attachments);
      if (refusal) {
        refusals.push(refusal);
        continue;
      }
      count += 1;
      const upload = this.#keep({
        name: file.name,
        mimeType: typeOf(file, attachments),
        file,
        status: 'uploading',
      });
      void this.#run(upload, file);
    }
    this.#show(refusals);
  }

  /** Puts attachments that are on the server already in the place of what the draft holds. */
  put(attachments: unknown): void {
    for (const { key } of this.state.value.uploads) this.remove(key);
    for (const attachment of readAll(attachments, readAttachment)) {
      this.#keep({ name: attachment.name, mimeType: attachment.mime_type, status: 'ready', attachment });
    }
    this.#show();
  }

  retry(key: number): void {
    const upload = this.#find(key);
    if (upload?.status !== 'failed' || !upload.file || upload.refusal !== undefined) return;
    const { problem: _, ...again } = upload;
    this.#replace({ ...again, status: 'uploading' });
    void this.#run(again, upload.file);
  }

  /** Takes a file out of the draft, and off the server if it is there because of this draft. */
  remove(key: number): void {
    const upload = this.#find(key);
    if (!upload) return;
    this.#kept = this.#kept.filter((kept) => kept.upload !== upload);
    this.#running.get(key)?.abort();
    if (upload.file && upload.attachment) void this.#delete(upload.attachment.id);
    this.#show();
  }

  /** The draft was sent, and its attachments with it. */
  sent(): void {
    this.#kept = this.#kept.filter(({ thread }) => thread !== this.#thread);
    this.#show();
  }

  /** Puts uploads that were sent in vain back into the draft. */
  bringBack(uploads: readonly Upload[]): void {
    this.#kept = [...this.#kept, ...uploads.map((upload) => ({ thread: this.#thread, upload }))];
    this.#show();
  }

  /** The user has seen which files were left out. */
  forgetRefusals(): void {
    this.#show();
  }

  /** Lets go of everything, as when the chat belongs to another server from here on. */
  reset(): void {
    for (const running of this.#running.values()) running.abort();
    this.#kept = [];
    this.#show();
  }

  switchTo(threadId: string | null): void {
    this.#thread = threadId ?? '';
    this.#show();
  }

  /** The thread that the current draft belongs to got an id of its own. */
  adopt(threadId: string): void {
    this.#kept = this.#kept.map((kept) =>
      kept.thread === this.#thread ? { ...kept, thread: threadId } : kept,
    );
    this.#thread = threadId;
  }

  #keep(upload: Omit<Upload, 'key'>): Upload {
    this.#serial += 1;
    const kept = { ...upload, key: this.#serial };
    this.#kept = [...this.#kept, { thread: this.#thread, upload: kept }];
    return kept;
  }

  async #run({ key, mimeType }: Upload, file: File): Promise<void> {
    const own = new AbortController();
    this.#running.set(key, own);
    const { transport, options } = this.host;
    const lifetime = this.host.signal();
    try {
      const strategy = options.value.api.uploads;
      const signals = { lifetime, upload: AbortSignal.any([lifetime, own.signal]) };
      const attachment = await uploadFile({ file, mimeType }, strategy, transport, signals);
      const upload = this.#find(key);
      if (upload) this.#replace({ ...upload, status: 'ready', attachment });
      else await this.#delete(attachment.id);
    } catch (thrown) {
      this.#failed(key, thrown);
    } finally {
      this.#running.delete(key);
    }
  }

  #failed(key: number, thrown: unknown): void {
    const upload = this.#find(key);
    if (!upload) return;
    const left = isAbort(thrown);
    const failure = asFailure(thrown);
    this.#replace({
      ...upload,
      status: 'failed',
      problem: left ? 'network' : failure.code,
      ...(failure.serverCode === REFUSED && { refusal: failure.message }),
    });
    if (!left) this.host.report(failure);
  }

  async #delete(id: string): Promise<void> {
    try {
      await deleteUploaded(id, this.host.transport, this.host.signal());
    } catch (thrown) {
      if (!isAbort(thrown)) this.host.report(asFailure(thrown));
    }
  }

  #find(key: number): Upload | undefined {
    return this.#kept.find(({ upload }) => upload.key === key)?.upload;
  }

  #replace(upload: Upload): void {
    this.#kept = this.#kept.map((kept) => (kept.upload.key === upload.key ? { ...kept, upload } : kept));
    this.#show(this.state.value.refusals);
  }

  #show(refusals: readonly Refusal[] = []): void {
    const uploads = this.#kept.filter(({ thread }) => thread === this.#thread).map(({ upload }) => upload);
    this.state.set({ uploads, refusals });
  }
}

function tooMany({ name }: File): Refusal {
  return { why: 'count', name, limit: MAX_KEPT };
}
