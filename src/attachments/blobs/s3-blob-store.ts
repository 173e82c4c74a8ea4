import { createReadStream } from 'node:fs';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import type { BucketOptions } from '../../config/attachments.config.js';
import type { BlobStore, ListedBlob, LocalFile, StoredBlob } from './blob-store.js';

const CONNECT_TIMEOUT_MS = 5000;
/** All keys begin with it: what else is in the bucket is never listed, and so never removed. */
const PREFIX = 'chatkit/';

/** Files in a bucket of an S3-compatible service. */
export class S3BlobStore implements BlobStore {
  readonly #client: S3Client;

  constructor(private readonly options: BucketOptions) {
    const { region, endpoint, pathStyle, credentials, timeoutMs } = options;
    this.#client = new S3Client({
      region,
      forcePathStyle: pathStyle,
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials !== undefined && { credentials }),
      // what Amazon adds of its own since 2025 is unknown to many other services
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: timeoutMs },
    });
  }

  async put(key: string, { path, size, type }: LocalFile): Promise<void> {
    const body = createReadStream(path);
    const object = { ...this.#at(key), Body: body, ContentLength: size, ContentType: type };
    try {
      await this.#client.send(new PutObjectCommand(object), this.#limits());
    } finally {
      body.destroy();
    }
  }

  async get(key: string): Promise<StoredBlob | undefined> {
    try {
      const command = new GetObjectCommand(this.#at(key));
      const { Body, ContentLength = 0 } = await this.#client.send(command, this.#limits());
      if (!(Body instanceof Readable)) throw new TypeError('the bucket gave no content');
      return { size: ContentLength, content: Body, discard: () => void Body.destroy() };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#at(key)), this.#limits());
  }

  async list(limit: number, after?: string): Promise<readonly ListedBlob[]> {
    const command = new ListObjectsV2Command({
      Bucket: this.options.bucket,
      Prefix: PREFIX,
      MaxKeys: limit,
      ...(after !== undefined && { StartAfter: `${PREFIX}${after}` }),
    });
    const { Contents = [] } = await this.#client.send(command, this.#limits());
    return Contents.flatMap(({ Key: key, LastModified }) =>
      key === undefined || LastModified === undefined
        ? []
        : [{ key: key.slice(PREFIX.length), storedAt: LastModified.getTime() }],
    );
  }

  /** Ends the connections that are kept for later requests. */
  close(): void {
    this.#client.destroy();
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.options.bucket, Key: `${PREFIX}${key}` };
  }

  #limits(): { abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(this.options.timeoutMs) };
  }
}
