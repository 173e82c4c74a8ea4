import type { ReadonlySignal, Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TextKey } from '../i18n/language.js';
import type { Translate } from '../i18n/translator.js';
import type { FailureCode } from '../session/failure.js';
import type { ChoiceState } from '../session/choices.js';
import type { CommandInfo } from '../session/commands.js';
import type { ComposerState } from '../session/composer.js';
import type { DictationState } from '../session/dictation.js';
import type { EntityInfo } from '../session/entity.js';
import type { HistoryState } from '../session/history.js';
import type { Options } from '../session/options.js';
import type { Session } from '../session/session.js';
import type { ChatState } from '../session/state.js';
import type { UploadState } from '../session/uploads.js';
import type { WordSearchState } from '../session/word-search.js';
import type { Previewing } from './previewing.js';

/** What every component can reach: the session to act on and its state as signals. */
export interface View {
  readonly session: Session;
  readonly state: ReadonlySignal<ChatState>;
  readonly options: ReadonlySignal<Options>;
  readonly history: ReadonlySignal<HistoryState>;
  readonly composer: ReadonlySignal<ComposerState>;
  readonly choices: ReadonlySignal<ChoiceState>;
  readonly uploads: ReadonlySignal<UploadState>;
  readonly dictation: ReadonlySignal<DictationState>;
  readonly tags: ReadonlySignal<WordSearchState<EntityInfo>>;
  readonly commands: ReadonlySignal<WordSearchState<CommandInfo>>;
  /** What numbers and dates are written in. */
  readonly locale: ReadonlySignal<string>;
  readonly direction: ReadonlySignal<'ltr' | 'rtl'>;
  /** Level of the chat's own heading; turns come one below. */
  readonly headingLevel: ReadonlySignal<number>;
  /** The picture that is shown large. */
  readonly viewing: Signal<{ readonly src: string; readonly name: string } | undefined>;
  /** The thread whose deletion is being confirmed. */
  readonly deleting: Signal<{ readonly id: string; readonly title: string } | undefined>;
  /** Text for screen readers; set to have it announced. */
  readonly announcement: Signal<string>;
  readonly previewing: Previewing;
  readonly t: Translate;
  /** What is said of a failure. */
  readonly failureText: (code: FailureCode) => string;
}

const ViewContext = createContext<View | undefined>(undefined);

export const ViewProvider = ViewContext.Provider;

export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error('A chat component was rendered outside of the chat');
  return view;
}

export type { TextKey };
