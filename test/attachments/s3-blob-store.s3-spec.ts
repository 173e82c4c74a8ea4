import { createServer, type AddressInfo } from 'node:net';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { filesListed } from '../../src/app/backup/kept-files.js';
import { missingFiles } from '../../src/app/backup/missing-files.js';
import { S3BlobStore } from '../../src/attachments/blobs/s3-blob-store.js';
import type { BucketOptions } from '../../src/config/attachments.config.js';
import { describeBlobStore } from './blob-store-contract.js';
import { startAttachmentsApp } from './support/attachments-app.js';
import { NOTE, PNG, Uploader } from './support/uploader.js';

const endpoint = process.env['TEST_S3_URL'] ?? '';
const credentials = { accessKeyId: 'test', secretAccessKey: 'secret' };
const common = { region: 'us-east-1', endpoint, pathStyle: true, credentials, timeoutMs: 10_000 };
const client = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true, credentials });

async function freshBucket(): Promise<BucketOptions> {
  const bucket = `files-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { ...common, bucket };
}

afterAll(() => client.destroy());

/** Also of a test that fails: what stays open keeps the run from ending. */
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

function storeAt(options: BucketOptions): S3BlobStore {
  const blobs = new S3BlobStore(options);
  open.push(blobs);
  return blobs;
}

describeBlobStore('files in a bucket', async () => {
  const blobs = new S3BlobStore(await freshBucket());
  return { blobs, close: async () => blobs.close() };
});

describe('a bucket of files', () => {
  it('may hold other things, which are never listed', async () => {
    const options = await freshBucket();
    await client.send(new PutObjectCommand({ Bucket: options.bucket, Key: 'a/b/c', Body: 'other' }));
    expect(await storeAt(options).list(10)).toEqual([]);
  });

  it('that is not there makes every request fail', async () => {
    const blobs = storeAt({ ...common, bucket: 'missing' });
    await expect(blobs.list(1)).rejects.toThrow(/bucket/i);
  });

  it('that does not answer is given up', async () => {
    const silent = createServer(() => undefined);
    open.push(silent);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}`;
    const blobs = storeAt({ ...common, bucket: 'b', endpoint: address, timeoutMs: 200 });
    await expect(blobs.get('a/b/c')).rejects.toThrow(/abort/i);
  });

  it('serves the whole application', async () => {
    const { bucket } = await freshBucket();
    const app = await startAttachmentsApp({
      CHATKIT_ATTACHMENTS_BUCKET: bucket,
      CHATKIT_ATTACHMENTS_PATH_STYLE: 'true',
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
    open.push(app);
    const anna = await Uploader.of(app, { tenant: 'acme', user: 'anna' });
    const image = await anna.attach(PNG);
    const { threadId } = await anna.send('Look', [image, await anna.attach(NOTE)]);
    const [read] = await anna.read(threadId);
    const shown = await anna.preview(read?.attachments[0]);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(Buffer.from(PNG.content));
    expect(await app.files()).toEqual([]);

    const blobs = storeAt({ ...common, bucket });
    const look = () => missingFiles(app.database.url, 'chatkit', filesListed(blobs));
    expect(await look()).toEqual({ missing: [], found: 2 });
    const stored = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
    const [lost] = stored.Contents ?? [];
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: lost?.Key }));
    const after = await look();
    expect(after.found).toBe(1);
    expect(after.missing).toEqual([expect.stringMatching(/ of acme: .* is missing$/)]);

    await anna.chat.json('threads.delete', { thread_id: threadId });
    app.clock.pass(25 * 3_600_000);
    // the other one was lost before
    expect(await app.sweeper.sweep()).toBe(1);
    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(KeyCount).toBe(0);
  });
});
