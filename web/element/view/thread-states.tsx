import { useView } from './context.js';
import { ProblemLine } from './problem-line.js';

/** Grey lines in the shape of a conversation while one is being loaded. */
export function LoadingThread() {
  const { t } = useView();
  return (
    <div class="log loading" aria-busy="true">
      <span class="sr">{t('loading')}</span>
      <div class="column">
        <div class="skeleton bubble-like" />
        <div class="skeleton" />
        <div class="skeleton short" />
        <div class="skeleton bubble-like" />
        <div class="skeleton" />
      </div>
    </div>
  );
}

/** A conversation that could not be loaded, with the way to try again. */
export function LoadFailed() {
  const { state } = useView();
  const { problem } = state.value;
  return (
    <div class="start">
      <div class="start-inner">{problem && <ProblemLine problem={problem} />}</div>
    </div>
  );
}
