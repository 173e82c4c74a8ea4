import { statement } from '../unit-of-work/statement.js';

/** What is counted: conversations, or the bytes of files. */
export type StoredKind = 'threads' | 'files';

/** SQLSTATE of a transaction that would store more than a limit allows. */
export const LIMIT_REACHED = 'CK010';

/** Bytes for which the smallest file counts. */
export const SMALLEST_FILE = 4096;

type Bounds = [ofUser: number, ofTenant: number];

/** Fails when more is stored by now, or would be with what is to come; 0 is no limit. */
export const requireStored = statement<[what: StoredKind, more: number, ...Bounds]>(
  'stored_require',
  'SELECT require_stored($1, $2::bigint, $3::bigint, $4::bigint)',
);

/** Counts what is stored, up to a little more than the limits; null where there is none. */
export const countStored = statement<
  [what: StoredKind, ...Bounds],
  { readonly by_user: string | null; readonly by_tenant: string | null }
>('stored_count', 'SELECT by_user::text, by_tenant::text FROM count_stored($1, $2::bigint, $3::bigint)');
