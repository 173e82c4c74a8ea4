import { keyOf } from '../../attachments/scope-keys.js';
import { connectPastPolicies, tablesOf } from './counts.js';
import type { KeptFiles } from './kept-files.js';

/** What was looked for. */
export interface FilesFound {
  /** One line for each attachment whose file is not there. */
  readonly missing: readonly string[];
  /** How many are. */
  readonly found: number;
}

const PAGE = 1000;

/** Looks for the file of each attachment that has got one, by its key. */
export async function missingFiles(url: string, schema: string, files: KeptFiles): Promise<FilesFound> {
  const client = await connectPastPolicies(url);
  const missing: string[] = [];
  let found = 0;
  try {
    for (const [place, name] of await tablesOf(client, schema)) {
      if (name !== 'attachments') continue;
      const table = `${client.escapeIdentifier(place)}.${client.escapeIdentifier(name)}`;
      for (let after = ['', '']; ;) {
        // one that is still announced waits for its file
        const { rows } = await client.query<{ tenant: string; owner: string; id: string; waits: boolean }>(
          `SELECT tenant_id AS tenant, owner_id AS owner, id,
             coalesce(data->>'upload_descriptor', '') <> '' AS waits
           FROM ${table} WHERE (tenant_id, id) > ($1, $2) ORDER BY tenant_id, id LIMIT ${PAGE}`,
          after,
        );
        for (const { tenant, owner, id, waits } of rows) {
          if (waits) continue;
          const key = keyOf({ tenantId: tenant, userId: owner }, id);
          if (await files.has(key)) found += 1;
          else missing.push(`${id} of ${tenant}: ${key} is missing`);
        }
        const last = rows.at(-1);
        if (last === undefined) break;
        after = [last.tenant, last.id];
      }
    }
  } finally {
    await client.end();
  }
  return { missing, found };
}
