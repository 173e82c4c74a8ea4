import type { SessionEnds, SessionOwner } from '../auth/session/session-ends.port.js';
import { statement, type UnitOfWork } from '../store/index.js';

type Owner = [tenantId: string, userId: string];

const OWNER = 'tenant_id = $1 AND user_id = $2';

const insertEnd = statement<[...Owner, sessionId: string, until: Date]>(
  'session_end',
  `INSERT INTO session_ends (tenant_id, user_id, session_id, until) VALUES ($1, $2, $3, $4)
   ON CONFLICT DO NOTHING`,
);

const deletePast = statement<Owner>(
  'session_ends_past',
  `DELETE FROM session_ends WHERE ${OWNER} AND until < clock_timestamp() - interval '1 hour'`,
);

const selectEnd = statement<[...Owner, sessionId: string], { readonly session_id: string }>(
  'session_ended',
  `SELECT session_id FROM session_ends WHERE ${OWNER} AND session_id = $3`,
);

/** Ends of sessions in PostgreSQL. Whoever ends another session takes the own rows along that are of no use any more. */
export class TypeOrmSessionEnds implements SessionEnds {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws UnavailableError, as `has` */
  async add(sessionId: string, until: number, owner: SessionOwner): Promise<void> {
    const { tenantId, userId } = owner;
    const end = insertEnd(tenantId, userId, sessionId, new Date(until));
    await this.unitOfWork.pipeline(owner, deletePast(tenantId, userId), end);
  }

  async has(sessionId: string, owner: SessionOwner): Promise<boolean> {
    const { tenantId, userId } = owner;
    const [{ rows }] = await this.unitOfWork.read(owner, selectEnd(tenantId, userId, sessionId));
    return rows.length > 0;
  }
}
