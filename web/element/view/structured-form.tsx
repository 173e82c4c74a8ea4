import { useState } from 'preact/hooks';
import type { Answers } from '../session/actions.js';
import type { Question, StructuredInputItem } from '../session/wire.js';
import { useView } from './context.js';

/** Characters of a freely written answer. */
const MAX_ANSWER = 10_000;

/** Questions of the assistant, in the place of the composer. */
export function StructuredForm({ item }: { item: StructuredInputItem }) {
  const { session, state, t } = useView();
  const [values, setValues] = useState<ReadonlyMap<string, readonly string[]>>(new Map());
  const [custom, setCustom] = useState<ReadonlyMap<string, string>>(new Map());
  const busy = state.value.turn !== 'idle';

  const answers = (): Answers => {
    const entries = item.inputs.map(({ id, multiple }) => {
      const own = custom.get(id)?.trim() ?? '';
      const chosen = values.get(id) ?? [];
      const all = own === '' ? chosen : multiple ? [...chosen, own] : [own];
      return [id, { values: all, skipped: all.length === 0 }] as const;
    });
    return Object.fromEntries(entries);
  };
  const empty = Object.values(answers()).every(({ skipped }) => skipped);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!empty) void session.actions.answer(item.id, 'answered', answers());
  };
  return (
    <form class="questions" aria-label={t('questions')} aria-busy={busy} onSubmit={submit}>
      {item.inputs.map((question) => (
        <QuestionField
          question={question}
          chosen={values.get(question.id) ?? []}
          custom={custom.get(question.id) ?? ''}
          choose={(next) => {
            setValues(new Map(values).set(question.id, next));
            if (!question.multiple) setCustom(new Map(custom).set(question.id, ''));
          }}
          write={(next) => {
            setCustom(new Map(custom).set(question.id, next));
            if (!question.multiple && next !== '') setValues(new Map(values).set(question.id, []));
          }}
        />
      ))}
      <div class="confirm-actions">
        <button
          type="button"
          class="button"
          onClick={() => void session.actions.answer(item.id, 'skipped', {})}
        >
          {t('skip')}
        </button>
        <button type="submit" class="button primary" disabled={empty}>
          {t('sendAnswers')}
        </button>
      </div>
    </form>
  );
}

interface QuestionFieldProps {
  readonly question: Question;
  readonly chosen: readonly string[];
  readonly custom: string;
  readonly choose: (values: readonly string[]) => void;
  readonly write: (text: string) => void;
}

function QuestionField({ question, chosen, custom, choose, write }: QuestionFieldProps) {
  const { t } = useView();
  const toggle = (option: string): void => {
    if (!question.multiple) choose([option]);
    else choose(chosen.includes(option) ? chosen.filter((other) => other !== option) : [...chosen, option]);
  };
  const free = question.type === 'freeform';
  return (
    <fieldset class="question">
      <legend>{question.question}</legend>
      {question.description !== undefined && <p class="quiet">{question.description}</p>}
      {question.options.map((option) => (
        <label class="option">
          <input
            type={question.multiple ? 'checkbox' : 'radio'}
            name={`question-${question.id}`}
            checked={chosen.includes(option)}
            onChange={() => toggle(option)}
          />
          <span>{option}</span>
        </label>
      ))}
      <input
        class="field"
        aria-label={`${question.question}: ${t(free ? 'answer' : 'otherAnswer')}`}
        placeholder={t(free ? 'answer' : 'otherAnswer')}
        value={custom}
        maxLength={MAX_ANSWER}
        onInput={(event) => write(event.currentTarget.value)}
      />
    </fieldset>
  );
}
