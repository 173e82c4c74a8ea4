import { createHash } from 'node:crypto';
import * as z from 'zod';

const id = z.string().min(1).max(64);

/** What replicas tell each other of answers. Of threads and users nothing can be read from it. */
const message = z.object({
  type: z.enum([
    /** An answer begins, and ends those before it on its thread. */
    'began',
    /** An answer is under way, as somebody may not know. */
    'runs',
    'ended',
    /** The user of a thread wants its answer to end. */
    'stop',
    /** Somebody wants to see an answer, still does, or does not any more. */
    'join',
    'stay',
    'leave',
    /** Somebody has come, and asks what runs. */
    'hello',
  ]),
  /** Who says so. */
  replica: id,
  thread: id.default('-'),
  answer: id.default('-'),
  /** Where an answer is to be passed on. */
  topic: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/)
    .optional(),
});
export type AnswerMessage = z.infer<typeof message>;

/** Undefined for what is no message of ours. */
export function readMessage(text: string): AnswerMessage | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Stands for a thread of a user of a tenant, none of which can be told from it. */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 32);
}
