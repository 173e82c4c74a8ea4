import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobStore } from '../../src/attachments/blobs/blob-store.js';

/** A fresh, empty store for one test. `directory`: where files to be put are made. */
export interface OpenedBlobStore {
  readonly blobs: BlobStore;
  close(): Promise<void>;
}

/** What every place for files has to do. */
export function describeBlobStore(name: string, open: (directory: string) => Promise<OpenedBlobStore>): void {
  describe(name, () => {
    let directory: string;
    let opened: OpenedBlobStore;
    let count = 0;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-blobs-'));
      opened = await open(directory);
    });
    afterEach(async () => {
      await opened.close();
      await rm(directory, { recursive: true, force: true });
    });

    async function put(key: string, content: string | Uint8Array): Promise<void> {
      const path = join(directory, `incoming${(count += 1)}`);
      await writeFile(path, content);
      const size = Buffer.byteLength(content);
      await opened.blobs.put(key, { path, size, type: 'application/octet-stream' });
    }

    async function get(key: string): Promise<Buffer | undefined> {
      const blob = await opened.blobs.get(key);
      if (blob === undefined) return undefined;
      const chunks: Uint8Array[] = [];
      for await (const chunk of blob.content) chunks.push(chunk);
      const content = Buffer.concat(chunks);
      expect(blob.size).toBe(content.length);
      return content;
    }

    const keys = async (limit: number, after?: string): Promise<string[]> =>
      (await opened.blobs.list(limit, after)).map(({ key }) => key);

    it('gives back what was put there, byte for byte', async () => {
      const content = Buffer.alloc(
        300_000,
        Uint8Array.from({ length: 251 }, (_, index) => index),
      );
      await put('a/b/c', content);
      expect(await get('a/b/c')).toEqual(content);
    });

    it('replaces what has the same key', async () => {
      await put('a/b/c', 'first');
      await put('a/b/c', 'second');
      expect(await get('a/b/c')).toEqual(Buffer.from('second'));
    });

    it('knows nothing of what is not there', async () => {
      await put('a/b/c', 'x');
      expect(await get('a/b/d')).toBeUndefined();
      expect(await get('a/x/c')).toBeUndefined();
    });

    it('deletes, also what is not there', async () => {
      await put('a/b/c', 'x');
      await put('a/b/d', 'y');
      await opened.blobs.delete('a/b/c');
      await opened.blobs.delete('a/b/c');
      expect(await get('a/b/c')).toBeUndefined();
      expect(await get('a/b/d')).toEqual(Buffer.from('y'));
    });

    it('lists in the order of the keys, from after any key, even one that is gone', async () => {
      const all = ['a/b/c', 'a/b_20/a', 'a/bb/a', 'a1/a/a', 'b/a/a'];
      for (const key of all.toReversed()) await put(key, 'x');
      expect(await keys(10)).toEqual(all);
      expect(await keys(2)).toEqual(all.slice(0, 2));
      for (const [index, key] of all.entries()) expect(await keys(10, key)).toEqual(all.slice(index + 1));
      await opened.blobs.delete('a/bb/a');
      expect(await keys(1, 'a/bb/a')).toEqual(['a1/a/a']);
    });

    it('tells when a file was stored', async () => {
      await put('a/b/c', 'x');
      const [listed] = await opened.blobs.list(1);
      expect(Math.abs((listed?.storedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    it('is empty at first', async () => {
      expect(await keys(10)).toEqual([]);
    });

    it('lets a reading be given up', async () => {
      await put('a/b/c', Buffer.alloc(300_000));
      const blob = await opened.blobs.get('a/b/c');
      blob?.discard();
      expect(await get('a/b/c')).toHaveLength(300_000);
    });
  });
}
