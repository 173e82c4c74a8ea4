import { InvalidStateError } from '../errors.js';
import { joined } from '../stream/joined.js';
import { RunningTurns, threadKey, withinGrace } from '../stream/running-turns.js';
import type { Events } from '../stream/turn.js';
import type { RequestOf } from '../wire/requests.js';
import type { Answer, Needs, ProcessOptions } from './hooks.js';

type Hooks<TContext> = Needs<TContext, 'store' | 'answersElsewhere'>;

/** Whether an answer of the caller's thread runs, in this process or as far as is known elsewhere. */
export function isAnswering<TContext>(
  { store, answersElsewhere }: Hooks<TContext>,
  threadId: string,
  context: TContext,
): boolean {
  const key = threadKey(threadId, context);
  return RunningTurns.of(store).answers(key).length > 0 || answersElsewhere?.has(key) === true;
}

/** Ends the running answer as if whoever reads it had left, and resolves when what was shown of it is kept. */
export const stopAnswer: Answer<'threads.stop', 'store' | 'answersElsewhere'> = async (
  { store, answersElsewhere },
  { params: { thread_id } },
  context,
) => {
  await store.loadThread(thread_id, context);
  const key = threadKey(thread_id, context);
  const answers = RunningTurns.of(store).answers(key);
  if (answers.some(({ mayBeStopped }) => !mayBeStopped)) {
    throw new InvalidStateError('The running answer cannot be stopped');
  }
  for (const answer of answers) answer.stop();
  const waits: Promise<unknown>[] = answers.map(({ ended }) => ended);
  if (answersElsewhere !== undefined) waits.push(answersElsewhere.stop(key));
  await withinGrace(waits);
  return {};
};

/** The running answer of a thread from where it is; nothing where none runs. */
export async function* joinAnswer<TContext>(
  { store, answersElsewhere }: Hooks<TContext>,
  { params: { thread_id } }: RequestOf<'threads.join'>,
  context: TContext,
  { signal }: ProcessOptions,
): Events {
  await store.loadThread(thread_id, context);
  const key = threadKey(thread_id, context);
  const answer = RunningTurns.of(store).answers(key).at(-1) ?? answersElsewhere?.join(key);
  if (answer !== undefined) yield* joined(answer, signal);
}
