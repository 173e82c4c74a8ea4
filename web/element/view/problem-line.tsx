import { FAILURES } from '../i18n/strings.js';
import type { Problem } from '../session/state.js';
import { useView } from './context.js';
import { Icon } from './icon.js';

/** What went wrong, in words, and a way to try again where that can help. */
export function ProblemLine({ problem }: { problem: Problem }) {
  const { session, t } = useView();
  return (
    <div class="problem">
      <Icon name="warning" />
      <p role="alert">{problem.message ?? FAILURES[problem.code]}</p>
      {problem.canRetry && (
        <button type="button" class="button small" onClick={() => void session.retryProblem()}>
          <Icon name="reload" />
          {t('retry')}
        </button>
      )}
    </div>
  );
}
