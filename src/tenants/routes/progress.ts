import type { IncomingMessage, ServerResponse } from 'node:http';
import { tolerateWriteErrors } from '../../chatkit/http/answer.js';
import { failureOf } from '../../chatkit/http/failure.js';
import { whileConnected } from '../../chatkit/http/while-connected.js';

/** Tells one thing that was done. */
export type Tell = (line: object) => void;

/**
 * Does what takes long, and answers with a line of JSON for each thing that was done, and at last `{"done":true}` or
 * `{"error":…}`. It stops when the client leaves; the same request goes on with it.
 *
 * @throws what `work` throws, for the audit log and, before anything was told, as the answer
 */
export async function answerWithProgress(
  request: IncomingMessage,
  response: ServerResponse,
  work: (tell: Tell, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const tell: Tell = (line) => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write(`${JSON.stringify(line)}\n`);
  };
  tolerateWriteErrors(response);
  try {
    await whileConnected(request, async (signal) => {
      await work(tell, signal);
      signal.throwIfAborted();
    });
    tell({ done: true });
  } catch (error) {
    if (response.headersSent) {
      const { code, message } = failureOf(error);
      tell({ error: { code, message } });
      response.end();
    }
    throw error;
  }
  response.end();
}
