import { InvalidStateError } from '../errors.js';
import { runEvents } from '../stream/event-pipeline.js';
import type { Part } from '../stream/in-sequence.js';
import { takeOver } from '../stream/turn.js';
import type { CoreLogger } from '../logger.js';
import type { StructuredInputItem } from '../wire/items.js';
import type { RequestOf } from '../wire/requests.js';
import type {
  StructuredInput,
  StructuredInputAnswer,
  StructuredInputSubmission,
} from '../wire/structured-input.js';
import { historyIn } from './history.js';
import type { RequestTurn } from './hooks.js';

export async function answerInput<TContext>(
  turn: RequestTurn<TContext>,
  params: RequestOf<'threads.add_structured_input'>['params'],
): Promise<Part> {
  const { hooks, observed, context } = turn;
  const item = await hooks.store.loadItem(params.thread_id, params.item_id, context);
  if (item.type !== 'structured_input') throw new InvalidStateError('The item asks for no structured input');
  const answered = answerStructuredInput(item, params.input, hooks.logger);
  await takeOver(turn);
  return runEvents(turn, async function* () {
    yield { type: 'thread.item.replaced', item: answered };
    const history = historyIn(hooks.store, observed.thread.id, undefined, context);
    yield* hooks.respond(observed.thread, undefined, context, history);
  });
}

/**
 * The item with the user's answers in it. Answers to questions it does not have are ignored.
 *
 * @throws InvalidStateError when it was answered or skipped before
 */
function answerStructuredInput(
  item: StructuredInputItem,
  submission: StructuredInputSubmission,
  logger: CoreLogger,
): StructuredInputItem {
  if (item.status !== 'pending') throw new InvalidStateError('The structured input is not pending');
  const answers = new Map(Object.entries(submission.answers));
  const inputs = item.inputs.map((question) => {
    const given = answers.get(question.id);
    answers.delete(question.id);
    return { ...question, answer: answerOf(question, submission.status === 'skipped' ? undefined : given) };
  });
  if (answers.size > 0) {
    logger.warn('structured input had answers to unknown questions', { count: answers.size });
  }
  return { ...item, inputs, status: submission.status };
}

function answerOf(
  question: StructuredInput,
  given: StructuredInputAnswer | undefined,
): StructuredInputAnswer {
  if (given === undefined || given.skipped || given.values.length === 0) return { values: [], skipped: true };
  const single = question.type === 'multiple_choice' && !question.multiple;
  return { values: single ? given.values.slice(0, 1) : given.values, skipped: false };
}
