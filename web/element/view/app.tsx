import { useRef } from 'preact/hooks';
import { Composer } from './composer.js';
import { ConfirmDelete } from './confirm-delete.js';
import { useView } from './context.js';
import { Disclaimer } from './disclaimer.js';
import { EntityCard } from './entity-card.js';
import { Header, Title } from './header.js';
import { HistoryPane } from './history-pane.js';
import { ImageViewer } from './image-viewer.js';
import { keepFocusNear } from './keep-focus-near.js';
import { LiveRegion } from './live-region.js';
import { Log } from './log.js';
import { Notices } from './notices.js';
import { StartScreen } from './start-screen.js';
import { Questions, useQuestions } from './questions.js';
import { LoadFailed, LoadingThread } from './thread-states.js';
import { themeOf } from './theme.js';
import { useFonts } from './use-fonts.js';
import { useKeptFocus } from './use-kept-focus.js';

/** The whole chat inside the shadow root. */
export function App() {
  const { options, history, deleting, locale, direction } = useView();
  const { frameTitle, theme, header } = options.value;
  const { scheme, radius, density, variables } = themeOf(theme);
  useFonts();
  const covered = history.value.open || deleting.value !== undefined;
  return (
    <section
      class="chat"
      role="region"
      aria-label={frameTitle}
      dir={direction.value}
      lang={locale.value}
      data-scheme={scheme}
      data-radius={radius}
      data-density={density}
      style={variables}
    >
      <div class="main" inert={covered} onClick={keepFocusNear}>
        {header.enabled ? <Header /> : <Title hidden />}
        <Body />
        <Dock />
      </div>
      <HistoryPane />
      <ConfirmDelete />
      <ImageViewer />
      <EntityCard />
      <LiveRegion />
    </section>
  );
}

/** What stays below the conversation. */
function Dock() {
  const dock = useRef<HTMLDivElement>(null);
  const questions = useQuestions();
  useKeptFocus(dock, questions?.id);
  return (
    <div class="dock" ref={dock}>
      <Notices />
      {questions ? <Questions item={questions} key={questions.id} /> : <Composer />}
      <Disclaimer />
    </div>
  );
}

function Body() {
  const { state } = useView();
  switch (state.value.view) {
    case 'start':
      return <StartScreen />;
    case 'loading':
      return <LoadingThread />;
    case 'failed':
      return <LoadFailed />;
    default:
      return <Log />;
  }
}
