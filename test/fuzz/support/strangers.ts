import type { AttachmentsApp } from '../../attachments/support/attachments-app.js';
import { ChatClient } from '../../app/support/chat-client.js';
import { eventually } from '../../app/support/eventually.js';
import type { Person } from '../../app/support/tokens.js';
import { NOTE, Uploader } from '../../attachments/support/uploader.js';
import type { TestDatabase } from '../../support/database.js';

/** The organisation that is attacked from within, and another that it must not reach. */
const OWN = 'org_aurora';
const FOREIGN = 'org_borealis';

/** Whose things nobody else may see or change: a user of the same organisation, and one of another. */
const STRANGERS: readonly Person[] = [
  { tenant: OWN, user: 'grace' },
  { tenant: FOREIGN, user: 'bob' },
];

/** In everything that strangers say. */
export const CANARY = 'c4n4ry-of-a-stranger';

/** What a stranger has, by the ids that an attacker might have guessed. */
export interface Belongings {
  readonly threadId: string;
  readonly itemId: string;
  readonly attachmentId: string;
}

/** Gives each stranger a conversation with a file in it. */
export async function plantStrangers(app: AttachmentsApp): Promise<readonly Belongings[]> {
  const planted = await Promise.all(
    STRANGERS.map(async (person) => {
      const uploader = await Uploader.of(app, person);
      const file = { ...NOTE, name: `${CANARY}.txt`, content: CANARY };
      const attachment = await uploader.attach(file);
      const { threadId, items } = await uploader.send(`${CANARY} is what I say`, [attachment]);
      const chat = await ChatClient.of(app.url, person);
      await chat.json('threads.update', { thread_id: threadId, title: CANARY });
      return { threadId, itemId: items[0]?.id ?? '', attachmentId: attachment.id };
    }),
  );
  await eventually('what they have cost is kept, after their answers', async () => {
    const rows = Object.entries(await rowsOfStrangers(app.database));
    const usage = rows.filter(([table]) => table.endsWith('.usage'));
    return usage.reduce((sum, [, { count }]) => sum + count, 0) === STRANGERS.length;
  });
  return planted;
}

interface Counted {
  readonly count: number;
  readonly hash: unknown;
}

/** Number and hash of the rows of strangers in every table, wherever their tenants live. */
export async function rowsOfStrangers(database: TestDatabase): Promise<Record<string, Counted>> {
  const tables = await database.query(
    `SELECT format('%I.%I', table_schema, table_name) AS name,
       bool_or(column_name = 'owner_id') AS has_owner, bool_or(column_name = 'user_id') AS has_user
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema LIKE 'chatkit%' AND table_type = 'BASE TABLE'
     GROUP BY table_schema, table_name HAVING bool_or(column_name = 'tenant_id') ORDER BY 1`,
  );
  const counted = await Promise.all(
    tables.map(async ({ name, has_owner: hasOwner, has_user: hasUser }) => {
      const column = hasOwner === true ? 'owner_id' : hasUser === true ? 'user_id' : undefined;
      const ofGrace = column === undefined ? '' : `OR tenant_id = '${OWN}' AND ${column} = 'grace'`;
      const [row] = await database.query(
        `SELECT count(*)::integer AS count, md5(coalesce(string_agg(each::text, ',' ORDER BY each::text), '')) AS hash
         FROM ${String(name)} AS each WHERE tenant_id = '${FOREIGN}' ${ofGrace}`,
      );
      return [String(name), { count: Number(row?.['count']), hash: row?.['hash'] }] as const;
    }),
  );
  return Object.fromEntries(counted);
}
