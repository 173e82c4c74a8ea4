import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, CompactSign, compactVerify, exportJWK } from 'jose';
import { ChatKitError } from '../../chatkit/core/index.js';
import type { ErasureRow } from './erasure-statements.js';
import { isRecord } from '../../common/is-record.js';

/** What was erased. */
export interface ErasureReport {
  readonly kind: 'chatkit.erasure';
  /** Of the format of this report. */
  readonly version: 1;
  readonly erasure_id: string;
  readonly tenant_id: string;
  /** SHA-256, in hex, of the tenant, a line feed and the user; null where the whole tenant was erased. */
  readonly user_digest: string | null;
  readonly begun_at: string;
  readonly done_at: string;
  /** Who asked for it. */
  readonly by: string;
  /** Rows that were removed, by table. */
  readonly removed: Readonly<Record<string, number>>;
  /** Rows that stay without their user, by table. */
  readonly anonymised: Readonly<Record<string, number>>;
  /** Files that were removed; null where whoever erased knew of no place for files. */
  readonly files: number | null;
}

/** What is reported of an erasure. */
export function reportOf(tenantId: string, erasure: ErasureRow, doneAt: Date): ErasureReport {
  const of = (kind: string): Record<string, number> =>
    Object.fromEntries(
      Object.entries(erasure.counts)
        .filter(([key]) => key.startsWith(`${kind}.`))
        .map(([key, count]) => [key.slice(kind.length + 1), count]),
    );
  return {
    kind: 'chatkit.erasure',
    version: 1,
    erasure_id: erasure.id,
    tenant_id: tenantId,
    user_digest: erasure.subject === '' ? null : erasure.subject,
    begun_at: erasure.begun_at.toISOString(),
    done_at: doneAt.toISOString(),
    by: erasure.begun_by,
    removed: of('removed'),
    anonymised: of('anonymised'),
    files: erasure.counts['files'] ?? null,
  };
}

/** Reports cannot be signed, or are not signed by the key they are checked with; the message says why. */
export class ReportKeyError extends ChatKitError {
  readonly code = 'report_key';
  readonly status = 409;
}

const NO_KEY =
  'CHATKIT_REPORT_KEY is not set: nothing is erased without a key that the report of it is signed with';
const NOT_A_KEY = 'CHATKIT_REPORT_KEY must be a private Ed25519 key, as PEM (PKCS #8) or as JWK';
const TYPE = 'chatkit-erasure+json';

/** Signs reports of erasures, as JWS in compact form. */
export class ReportKey {
  private constructor(private readonly key: KeyObject) {}

  /** @throws ReportKeyError when there is no such key */
  static of(text: string | undefined): ReportKey {
    if (text === undefined || text.trim() === '') throw new ReportKeyError(NO_KEY);
    const key = attempt(() => createPrivateKey(inputOf(text)));
    if (key?.asymmetricKeyType !== 'ed25519') throw new ReportKeyError(NOT_A_KEY);
    return new ReportKey(key);
  }

  async sign(report: ErasureReport): Promise<string> {
    const kid = await calculateJwkThumbprint(await exportJWK(createPublicKey(this.key)));
    return new CompactSign(Buffer.from(JSON.stringify(report)))
      .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid })
      .sign(this.key);
  }
}

/**
 * What a signed report says.
 *
 * @param keyText the public key, or the private one that it belongs to, as PEM or JWK
 * @throws ReportKeyError when that key has not signed it
 */
export async function verifiedReport(jws: string, keyText: string): Promise<Record<string, unknown>> {
  const key = attempt(() => createPublicKey(inputOf(keyText)));
  if (key?.asymmetricKeyType !== 'ed25519') throw new ReportKeyError('The key is no Ed25519 key');
  const found = await compactVerify(jws.trim(), key, { algorithms: ['EdDSA'] }).catch(() => undefined);
  if (found?.protectedHeader.typ !== TYPE) throw new ReportKeyError('The report is not signed by this key');
  const report: unknown = JSON.parse(Buffer.from(found.payload).toString());
  if (!isRecord(report)) throw new ReportKeyError('The report says nothing');
  return report;
}

/** Lines of a PEM may be written with `\n` where a variable has one line. */
function inputOf(text: string) {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return trimmed.replaceAll(String.raw`\n`, '\n');
  const key = JSON.parse(trimmed) as Record<string, string>;
  return { key, format: 'jwk' } as const;
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
