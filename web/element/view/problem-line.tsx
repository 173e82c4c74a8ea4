import type { Problem } from '../session/state.js';
import { useView } from './context.js';
import { Icon } from './icon.js';

/** What went wrong, in words, and a way to try again where that can help. */
export function ProblemLine({ problem }: { problem: Problem }) {
  const { session, t, failureText } = useView();
  return (
    <div class="problem">
      <Icon name="warning" />
      <p role="alert">{problem.message ?? failureText(problem.code)}</p>
      {problem.canRetry && (
        <button type="button" class="button small" onClick={() => void session.retryProblem()}>
          <Icon name="reload" />
          {t(problem.code === 'unanswered' ? 'regenerate' : 'retry')}
        </button>
      )}
    </div>
  );
}
