import { attempt } from '../session/failure.js';
import type { HeaderAction } from '../session/options.js';
import { IconButton } from './button.js';
import { useView } from './context.js';

/** Title, history and new-conversation buttons, and the page's own two. */
export function Header() {
  const { session, options, state, history, t } = useView();
  const { header, history: historyOptions } = options.value;
  return (
    <header class="header">
      <div class="header-side">
        {header.leftAction && <CustomAction action={header.leftAction} />}
        {historyOptions.enabled && (
          <IconButton
            name={t('history')}
            icon="history"
            expanded={history.value.open}
            onClick={() => session.showHistory(true)}
          />
        )}
      </div>
      <Title hidden={!header.titleEnabled} />
      <div class="header-side last">
        <IconButton
          name={t('newThread')}
          icon="compose"
          disabled={state.value.view === 'start'}
          onClick={() => void session.newThread()}
        />
        {header.rightAction && <CustomAction action={header.rightAction} />}
      </div>
    </header>
  );
}

/** The heading of the chat; where it is not to be seen, it is still there for those who go by headings. */
export function Title({ hidden }: { hidden: boolean }) {
  const { options, state, headingLevel } = useView();
  const { header, frameTitle } = options.value;
  const Heading = `h${headingLevel.value}` as 'h2';
  const title = header.titleText ?? state.value.thread?.title ?? frameTitle;
  return <Heading class={hidden ? 'sr' : 'header-title'}>{title}</Heading>;
}

function CustomAction({ action }: { action: HeaderAction }) {
  const { session } = useView();
  const words = action.icon.replaceAll('-', ' ');
  const name = words.charAt(0).toUpperCase() + words.slice(1);
  const run = (): void => void attempt(action.onClick, (error) => session.report(error));
  return <IconButton name={name} icon={action.icon} onClick={run} />;
}
