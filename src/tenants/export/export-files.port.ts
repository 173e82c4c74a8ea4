import type { TenantScope } from '../../chatkit/core/index.js';

/** A file on its way into an export. */
export interface ExportFile {
  /** Where it is put, below the folder of attachments: segments of `a-z`, `0-9` and `_` with slashes between them. */
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Opens the files of attachments. */
export interface ExportFiles {
  /** @returns undefined where there is none */
  open(scope: TenantScope, attachmentId: string): Promise<ExportFile | undefined>;
}
