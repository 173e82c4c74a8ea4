import type { PoolClient, QueryConfig, QueryResult } from 'pg';

/** What is sent: a bare command, or a statement with values. */
export type Message = string | QueryConfig;

/** Opens a transaction at the level that the statements are written for, whatever the database's standard is. */
export const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';
/** As BEGIN, where nothing may be written. */
export const BEGIN_READING = `${BEGIN}, READ ONLY`;

/** A message failed; those after it were not carried out. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';

  constructor(
    override readonly cause: Error,
    /** The opening of the transaction failed, so nothing at all was done. */
    readonly neverBegan: boolean,
  ) {
    super(cause.message);
  }
}

/** Beyond the server's own limit, for a server that has stopped answering at all. */
const GRACE = 2000;

/**
 * Sends all messages in one packet and waits for all answers. The server works through them in order and,
 * inside a transaction, refuses what follows a failure: the first error is the cause, the rest are echoes.
 *
 * @param timeout milliseconds after which the connection counts as dead
 * @throws PipelineError once every answer is in, so that the connection is at rest
 */
export async function sendPipeline(
  client: PoolClient,
  messages: readonly Message[],
  timeout: number,
): Promise<QueryResult[]> {
  const { stream } = client.connection;
  const timer = setTimeout(() => stream.destroy(), timeout + GRACE);
  try {
    return await new Promise<QueryResult[]>((resolve, reject) => {
      const results: QueryResult[] = Array.from({ length: messages.length });
      let outstanding = messages.length;
      let failure: PipelineError | undefined;
      const settle = (index: number, error: Error | null, result: QueryResult): void => {
        if (error) failure ??= new PipelineError(error, index === 0 && opens(messages[0]));
        else results[index] = result;
        outstanding -= 1;
        if (outstanding > 0) return;
        if (failure === undefined) resolve(results);
        else reject(failure);
      };
      stream.cork();
      messages.forEach((message, index) => {
        client.query(message as QueryConfig, (error: Error | null, result: QueryResult) => {
          settle(index, error, result);
        });
      });
      stream.uncork();
    });
  } finally {
    clearTimeout(timer);
  }
}

function opens(message: Message | undefined): boolean {
  return message === BEGIN || message === BEGIN_READING;
}
