import { useEffect } from 'preact/hooks';
import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';
import type { ChatState } from '../session/state.js';
import type { StructuredInputItem } from '../session/wire.js';
import { Composer } from './composer.js';
import { useView } from './context.js';

/** The questions that wait for an answer, if the conversation ends on them. */
function pendingQuestions(state: ChatState): StructuredInputItem | undefined {
  const last = state.items.findLast(({ type }) => type !== 'end_of_turn');
  // They stay while their answers are on the way, for the case that the server cannot take them.
  const quiet = state.turn === 'idle' || state.turn === 'waiting';
  const pending = last?.type === 'structured_input' && last.status === 'pending' && quiet;
  return pending && state.thread?.status.type !== 'closed' ? last : undefined;
}

/** What waits for an answer; the form for it is loaded while the response that asks is still running. */
export function useQuestions(): StructuredInputItem | undefined {
  const { state } = useView();
  const asks = state.value.items.some(({ type }) => type === 'structured_input');
  useEffect(() => {
    if (asks) void parts.questions.get();
  }, [asks]);
  return pendingQuestions(state.value);
}

/** Questions of the assistant, in the place of the composer, which is there until the form can be. */
export const Questions = lazy(parts.questions, ({ StructuredForm }) => StructuredForm, Composer);
