import type { StartScreenPrompt } from '@openai/chatkit';
import { useView } from './context.js';
import { Icon } from './icon.js';
import { ProblemLine } from './problem-line.js';

/** What a new conversation shows: a greeting and prompts that send at once. */
export function StartScreen() {
  const { options, session, state, headingLevel, t } = useView();
  const { greeting, prompts } = options.value;
  const Heading = `h${Math.min(6, headingLevel.value + 1)}` as 'h3';
  const choose = ({ prompt }: StartScreenPrompt): void => {
    session.log('startScreenPrompt.select');
    const message = typeof prompt === 'string' ? { text: prompt } : { content: prompt };
    session.sendPrompt(message).catch((error: Error) => session.report(error));
  };
  return (
    <div class="start">
      <div class="start-inner">
        <Heading class="greeting">{greeting ?? t('greeting')}</Heading>
        {state.value.problem && <ProblemLine problem={state.value.problem} />}
        {prompts.length > 0 && (
          <ul class="prompts" aria-label={t('suggestions')}>
            {prompts.map((prompt) => (
              <li>
                <button type="button" class="prompt" onClick={() => choose(prompt)}>
                  <Icon name={prompt.icon ?? 'sparkle'} />
                  <span>{prompt.label}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
