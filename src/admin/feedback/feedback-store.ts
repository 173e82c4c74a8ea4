import type {
  FeedbackReader,
  FeedbackCursor,
  FeedbackQuery,
  FeedbackEntry,
  FeedbackDay,
} from './feedback-reader.port.js';
import { NotFoundError } from '../../chatkit/core/errors.js';
import type { TenantScope } from '../../chatkit/core/store/scope.js';
import type { FeedbackStore } from '../../chatkit/core/store/feedback-store.js';
import { isStorableId } from '../../chatkit/core/text.js';
import type { FeedbackKind } from '../../chatkit/core/wire/requests.js';
import { statement, type UnitOfWork } from '../../store/index.js';

const saveFeedback = statement<
  [tenantId: string, userId: string, threadId: string, itemIds: readonly string[], kind: FeedbackKind],
  { readonly thread: boolean; readonly items: boolean }
>(
  'feedback_save',
  `WITH thread AS (
     SELECT id FROM threads WHERE tenant_id = $1 AND owner_id = $2 AND id = $3
   ), known AS (
     SELECT items.id FROM items JOIN thread ON items.thread_id = thread.id
     WHERE items.tenant_id = $1 AND items.owner_id = $2 AND items.id = ANY ($4::text[])
   ), saved AS (
     INSERT INTO feedback (tenant_id, thread_id, item_id, user_id, kind)
     SELECT $1, $3, known.id, $2, $5 FROM known
     WHERE (SELECT count(*) FROM known) = cardinality($4::text[])
     ON CONFLICT (tenant_id, thread_id, item_id, user_id)
       DO UPDATE SET kind = excluded.kind, created_at = clock_timestamp()
   )
   SELECT EXISTS (SELECT FROM thread) AS thread,
     (SELECT count(*) FROM known) = cardinality($4::text[]) AS items`,
);

type Which = readonly [tenantId: string, limit: number, kind: FeedbackKind | null];

function page<Values extends readonly unknown[]>(name: string, beyond: string) {
  return statement<Values, FeedbackEntry>(
    name,
    `SELECT thread_id, item_id, user_id, kind,
       to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     FROM feedback WHERE tenant_id = $1 AND ($3::text IS NULL OR kind = $3) ${beyond}
     ORDER BY created_at DESC, thread_id DESC, item_id DESC, user_id DESC LIMIT $2`,
  );
}

const feedbackPage = page<Which>('feedback_page', '');
const feedbackPageAfter = page<[...Which, ...FeedbackCursor]>(
  'feedback_page_after',
  'AND (created_at, thread_id, item_id, user_id) < ($4::timestamptz, $5, $6, $7)',
);

const feedbackDays = statement<[tenantId: string, from: Date, to: Date], FeedbackDay>(
  'feedback_days',
  `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
     count(*) FILTER (WHERE kind = 'positive')::float8 AS positive,
     count(*) FILTER (WHERE kind = 'negative')::float8 AS negative
   FROM feedback WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3
   GROUP BY 1 ORDER BY 1`,
);

/** Opinions in PostgreSQL; they go away with the item they are about. */
export class TypeOrmFeedbackStore implements FeedbackStore<TenantScope>, FeedbackReader {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async saveFeedback(
    threadId: string,
    itemIds: readonly string[],
    kind: FeedbackKind,
    scope: TenantScope,
  ): Promise<void> {
    if (!isStorableId(threadId)) throw new NotFoundError('Thread');
    const ids = [...new Set(itemIds)];
    const asked = ids.every(isStorableId) ? ids : [''];
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      saveFeedback(scope.tenantId, scope.userId, threadId, asked, kind),
    );
    if (rows[0]?.thread !== true) throw new NotFoundError('Thread');
    if (!rows[0].items) throw new NotFoundError('Item');
  }

  /**
   * The newest opinions of all users of the caller's tenant; whether the caller may see them is for others to
   * check.
   */
  async list({ kind, after, limit }: FeedbackQuery, scope: TenantScope): Promise<FeedbackEntry[]> {
    const which = [scope.tenantId, limit, kind ?? null] as const;
    const asked = after === undefined ? feedbackPage(...which) : feedbackPageAfter(...which, ...after);
    const [{ rows }] = await this.unitOfWork.readTenant(scope, asked);
    return rows;
  }

  /** The days that brought opinions, in their order, as `list` over all users of the caller's tenant. */
  async days({ from, to }: { from: Date; to: Date }, scope: TenantScope): Promise<FeedbackDay[]> {
    const [{ rows }] = await this.unitOfWork.readTenant(scope, feedbackDays(scope.tenantId, from, to));
    return rows;
  }
}
