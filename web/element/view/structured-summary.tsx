import type { StructuredInputItem } from '../session/wire.js';
import { useView } from './context.js';

/** Questions with the answers given to them, to be read only. */
export function AnswerSummary({ item }: { item: StructuredInputItem }) {
  const { t } = useView();
  return (
    <dl class="summary">
      {item.inputs.map(({ question, answer }) => {
        const given = answer && !answer.skipped ? answer.values.join(', ') : '';
        return (
          <div>
            <dt>{question}</dt>
            <dd class={given === '' ? 'quiet' : undefined}>{given === '' ? t('skipped') : given}</dd>
          </div>
        );
      })}
    </dl>
  );
}
