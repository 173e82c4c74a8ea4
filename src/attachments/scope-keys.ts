import { UnsupportedError, type TenantScope } from '../chatkit/core/index.js';

/** Names of files have no more bytes anywhere. */
const LONGEST = 255;

/**
 * The key of a user's file: tenant first, then user, then attachment. Readable, and different for different
 * identifiers even where upper and lower case are the same.
 *
 * @throws UnsupportedError when an identifier is too long to be the name of a folder
 */
export function keyOf({ tenantId, userId }: TenantScope, attachmentId: string): string {
  return [tenantId, userId, attachmentId].map(encoded).join('/');
}

/**
 * What the keys of all files of a user begin with, or of a whole tenant.
 *
 * @throws UnsupportedError as keyOf()
 */
export function folderOf({ tenantId, userId }: { tenantId: string; userId?: string | undefined }): string {
  return `${[tenantId, ...(userId === undefined ? [] : [userId])].map(encoded).join('/')}/`;
}

/** What a key was made from, or undefined for one that cannot have been made here. */
export function partsOf(key: string): { scope: TenantScope; attachmentId: string } | undefined {
  const [tenantId, userId, attachmentId, ...rest] = key.split('/').map(decoded);
  if (tenantId === undefined || userId === undefined || attachmentId === undefined) return undefined;
  if (rest.length > 0) return undefined;
  return { scope: { tenantId, userId }, attachmentId };
}

function encoded(id: string): string {
  const text = [...Buffer.from(id)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[a-z0-9]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  if (text === '' || text.length > LONGEST) {
    throw new UnsupportedError('Files cannot be kept for a tenant or a user with so long an identifier');
  }
  return text;
}

function decoded(segment: string): string | undefined {
  if (!/^([a-z0-9]|_[0-9a-f]{2})+$/.test(segment)) return undefined;
  try {
    return decodeURIComponent(segment.replaceAll('_', '%'));
  } catch {
    return undefined;
  }
}
