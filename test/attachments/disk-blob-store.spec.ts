import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskBlobStore } from '../../src/attachments/blobs/disk-blob-store.js';
import { keyOf, partsOf } from '../../src/attachments/scope-keys.js';
import { describeBlobStore } from './blob-store-contract.js';

describeBlobStore('files in a folder', async (directory) => ({
  blobs: new DiskBlobStore(join(directory, 'files')),
  close: async () => undefined,
}));

describe('a folder of files', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-blobs-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is left by no key', async () => {
    const blobs = new DiskBlobStore(join(directory, 'files'));
    await writeFile(join(directory, 'secret'), 'x');
    for (const key of ['../secret', 'a/../../secret', '/etc/passwd', 'a//b', '.', '', 'a\0', 'A/b']) {
      await expect(blobs.get(key)).rejects.toThrow(TypeError);
      await expect(blobs.delete(key)).rejects.toThrow(TypeError);
    }
    expect(await readdir(directory)).toEqual(['secret']);
  });

  it('lets nobody else in', async () => {
    const path = join(directory, 'incoming');
    await writeFile(path, 'x');
    await new DiskBlobStore(join(directory, 'files')).put('a/b/c', { path, size: 1, type: 'text/plain' });
    const { mode } = await stat(join(directory, 'files', 'a'));
    expect(mode & 0o077).toBe(0);
  });
});

describe('the key of a file', () => {
  const ids = ['acme', 'ACME', 'Acme Inc.', '../..', 'a/b', 'a_2fb', 'ü', '💥', '_', 'auth0|64f'];

  it('tells whose the file is, whatever they are called', () => {
    for (const tenantId of ids) {
      for (const userId of ids) {
        const scope = { tenantId, userId };
        expect(partsOf(keyOf(scope, 'atc_1'))).toEqual({ scope, attachmentId: 'atc_1' });
      }
    }
  });

  it('differs even where upper and lower case are the same', () => {
    const keys = ids.map((tenantId) => keyOf({ tenantId, userId: 'u' }, 'a').toLowerCase());
    expect(new Set(keys).size).toBe(ids.length);
  });

  it('is refused for identifiers that no file system could hold', () => {
    expect(() => keyOf({ tenantId: 'Ü'.repeat(50), userId: 'u' }, 'a')).toThrow(/so long an identifier/);
  });

  it.each(['a/b', 'a/b/c/d', 'a/b/C', 'a/_zz/c', 'a/_ff/c', ''])('is not %j', (key) => {
    expect(partsOf(key)).toBeUndefined();
  });
});
