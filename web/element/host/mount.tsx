import { computed, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { render } from 'preact';
import { directionOf } from '../i18n/languages.js';
import { Translator } from '../i18n/translator.js';
import type { Session } from '../session/session.js';
import { App } from '../view/app.js';
import { Bridge } from '../view/bridge.js';
import { ViewProvider } from '../view/context.js';
import type { View } from '../view/context.js';
import { Previewing } from '../view/previewing.js';

export interface Mounted {
  /** Shows what the session knows by now without waiting for a frame. */
  flush(): void;
  unmount(): void;
}

/** Renders the chat of a session into a shadow root. */
export function mount(root: ShadowRoot, session: Session, headingLevel: Signal<number>): Mounted {
  const bridge = new Bridge();
  const options = bridge.follow(session.options);
  const requested = (): string => options.value.locale ?? navigator.language;
  const translator = new Translator(requested);
  const view: View = {
    session,
    state: bridge.follow(session.state),
    options,
    history: bridge.follow(session.history.state),
    composer: bridge.follow(session.composer.state),
    choices: bridge.follow(session.choices.state),
    uploads: bridge.follow(session.uploads.state),
    dictation: bridge.follow(session.dictation.state),
    tags: bridge.follow(session.tags.state),
    commands: bridge.follow(session.commands.search.state),
    locale: computed(() => translator.locale),
    direction: computed(() => directionOf(requested())),
    headingLevel,
    deleting: signal(undefined),
    viewing: signal(undefined),
    announcement: signal(''),
    previewing: new Previewing(session.options),
    t: translator.text,
    failureText: translator.failure,
  };
  render(
    <ViewProvider value={view}>
      <App />
    </ViewProvider>,
    root,
  );
  return {
    flush: () => bridge.flush(),
    unmount: () => {
      view.previewing.hide();
      render(null, root);
      bridge.dispose();
      translator.dispose();
    },
  };
}
