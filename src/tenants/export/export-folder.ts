import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from '../../common/command-error.js';
import { isRecord } from '../../common/is-record.js';
import type { ExportFile, ExportFiles } from './export-files.port.js';
import { readManifest, writeManifest, type Manifest } from './manifest.js';
import type { ExportCursor, ExportedPage, ExportScope } from './tenant-export.js';

/**
 * An export as a folder: `data.jsonl` with the lines, `attachments` with files, and `manifest.json`, which says how far it
 * has come. What was cut off goes on where the manifest says; what was written behind that is written again.
 */
export class ExportFolder {
  private constructor(
    private readonly folder: string,
    private readonly data: FileHandle,
    private readonly files: ExportFiles,
    private manifest: Manifest,
  ) {}

  /**
   * @param folder made where it is not there
   * @param now the time in milliseconds
   * @throws CommandError when something else is there, or an export that is complete
   */
  static async open(
    folder: string,
    scope: ExportScope,
    files: ExportFiles,
    now: number,
  ): Promise<ExportFolder> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = await readManifest(folder);
    if (found === undefined && (await readdir(folder)).length > 0) {
      throw new CommandError(`${folder} is not empty`);
    }
    const manifest = found ?? begun(scope, now);
    const isSame = manifest.tenant_id === scope.tenantId && manifest.user_id === (scope.userId ?? null);
    if (!isSame) throw new CommandError(`${folder} has an export of something else`);
    if (manifest.ended_at !== null) throw new CommandError(`${folder} has an export that is complete`);
    if (found === undefined) await writeManifest(folder, manifest);
    const data = await open(join(folder, 'data.jsonl'), 'a', 0o600);
    await data.truncate(manifest.data.bytes);
    return new ExportFolder(folder, data, files, manifest);
  }

  /** Where the export goes on; undefined at its beginning. */
  get next(): ExportCursor | undefined {
    return this.manifest.next ?? undefined;
  }

  /** Lines of each kind. */
  get counts(): Readonly<Record<string, number>> {
    return this.manifest.counts;
  }

  async take({ kind, lines, next }: ExportedPage): Promise<void> {
    await this.#append(kind, lines);
    if (kind === 'attachment') for (const line of lines) await this.#takeFile(line);
    if (next === undefined) return;
    await this.data.datasync();
    this.manifest = { ...this.manifest, next: { kind: next.kind, after: [...next.after] } };
    await writeManifest(this.folder, this.manifest);
  }

  /** Says that it is complete. */
  async finish(now: number): Promise<Manifest> {
    await this.data.datasync();
    const data = { ...this.manifest.data, sha256: await sumOf(join(this.folder, 'data.jsonl')) };
    this.manifest = { ...this.manifest, data, next: null, ended_at: new Date(now).toISOString() };
    await writeManifest(this.folder, this.manifest);
    return this.manifest;
  }

  close(): Promise<void> {
    return this.data.close();
  }

  async #append(kind: string, lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    await this.data.appendFile(bytes);
    const { counts, data } = this.manifest;
    this.manifest = {
      ...this.manifest,
      counts: { ...counts, [kind]: (counts[kind] ?? 0) + lines.length },
      data: { ...data, bytes: data.bytes + bytes.length },
    };
  }

  async #takeFile(line: string): Promise<void> {
    const { row } = JSON.parse(line) as { readonly row: unknown };
    if (!isRecord(row) || typeof row['id'] !== 'string' || typeof row['owner_id'] !== 'string') return;
    const { id, owner_id: userId } = row as { readonly id: string; readonly owner_id: string };
    const file = await this.files.open({ tenantId: this.manifest.tenant_id, userId }, id);
    if (file === undefined) return;
    const { bytes, ...written } = await this.#write(file);
    await this.#append('file', [
      JSON.stringify({ kind: 'file', row: { attachment_id: id, owner_id: userId, bytes, ...written } }),
    ]);
    const { files } = this.manifest;
    this.manifest = {
      ...this.manifest,
      files: { count: files.count + 1, bytes: files.bytes + bytes },
    };
  }

  async #write(file: ExportFile): Promise<{ path: string; bytes: number; sha256: string }> {
    const path = `attachments/${file.path}`;
    const target = join(this.folder, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const handle = await open(target, 'w', 0o600);
    const sum = createHash('sha256');
    let bytes = 0;
    try {
      for await (const piece of file.content) {
        sum.update(piece);
        bytes += piece.length;
        await handle.writeFile(piece);
      }
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return { path, bytes, sha256: sum.digest('hex') };
  }
}

function begun(
  { tenantId, userId = null }: { tenantId: string; userId?: string | null | undefined },
  now: number,
): Manifest {
  return {
    format: 'nestjs-chatkit-export/1',
    tenant_id: tenantId,
    user_id: userId,
    begun_at: new Date(now).toISOString(),
    ended_at: null,
    counts: {},
    files: { count: 0, bytes: 0 },
    data: { path: 'data.jsonl', bytes: 0, sha256: null },
    next: null,
  };
}

async function sumOf(path: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const piece of createReadStream(path)) sum.update(piece as Buffer);
  return sum.digest('hex');
}
