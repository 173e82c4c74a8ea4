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
    const usage = Object.values(await rowsOfStrangers(app.database, 'usage'));
    return usage.reduce((sum, { count }) => sum + count, 0) === STRANGERS.length;
  });
  return planted;
}

interface Counted {
  readonly count: number;
  readonly hash: unknown;
}

/** Number and hash of the rows of strangers in every table, wherever their tenants live; of those of one name only, where it is given. */
export async function rowsOfStrangers(database: TestDatabase, named = '%'): Promise<Record<string, Counted>> {
  const tables = await database.query(
    `SELECT format('%I.%I', nspname, relname) AS name,
       bool_or(attname = 'owner_id') AS has_owner, bool_or(attname = 'user_id') AS has_user
     FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE nspname LIKE 'chatkit%' AND relkind IN ('r', 'p') AND relname LIKE $1
     GROUP BY nspname, relname HAVING bool_or(attname = 'tenant_id') ORDER BY 1`,
    [named],
  );
  // in one statement: a connection for each would be made for this alone
  const counted = await database.query(
    tables
      .map(({ name, has_owner: hasOwner, has_user: hasUser }) => {
        const column = hasOwner === true ? 'owner_id' : hasUser === true ? 'user_id' : undefined;
        const ofGrace = column === undefined ? '' : `OR tenant_id = '${OWN}' AND ${column} = 'grace'`;
        return `SELECT '${String(name)}' AS name, count(*)::integer AS count,
            md5(coalesce(string_agg(each::text, ',' ORDER BY each::text), '')) AS hash
          FROM ${String(name)} AS each WHERE tenant_id = '${FOREIGN}' ${ofGrace}`;
      })
      .join(' UNION ALL '),
  );
  return Object.fromEntries(
    counted.map(({ name, count, hash }) => [String(name), { count: Number(count), hash }]),
  );
}
