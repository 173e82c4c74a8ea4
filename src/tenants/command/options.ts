import type { AuditTrail } from '../../chatkit/audit/audit-trail.port.js';
import type { ExportFiles } from '../export/export-files.port.js';

/** What the command works with besides. */
export interface TenantsCommandOptions {
  /** Told what was done, line by line. */
  readonly say: (line: string) => void;
  /** Stops what takes long, after what is under way. */
  readonly signal: AbortSignal;
  /** Told what was done to a tenant, for its administrators. */
  readonly trail: AuditTrail;
  /** Files of attachments. */
  readonly files: ExportFiles;
  /** Who runs the command. */
  readonly caller: string;
  /** What relative paths start from. */
  readonly folder: string;
}
