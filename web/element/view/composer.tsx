import { useRef, useState } from 'preact/hooks';
import { toolOf } from '../session/choices.js';
import { MAX_DRAFT_LENGTH } from '../session/composer.js';
import { AttachButton } from './attachments-button.js';
import { DropZone } from './attachments-drop.js';
import { AttachmentTray } from './attachments-tray.js';
import { IconButton } from './button.js';
import { ModelPicker } from './composer-models.js';
import { QuoteChip } from './composer-quote.js';
import { SendButton } from './composer-send.js';
import { useOwnCommands } from './composer-commands.js';
import { PlusMenu, ToolChips, useToolEntries } from './composer-tools.js';
import { useView } from './context.js';
import { DictateButton, DictationBar, DictationNote } from './dictation.js';
import { Editor } from './editor/editor.js';
import type { RichField } from './editor/field.js';
import { WordMenuList } from './word-menu.js';
import { useCommandMenu, useTagMenu } from './word-menus.js';
import { keyHandler } from './key-handler.js';

/** Where the user writes. A locked thread shows its reason here, a closed one replaces it. */
export function Composer() {
  const { state, options, choices, t } = useView();
  const status = state.value.thread?.status;
  if (status?.type === 'closed') {
    return (
      <div class="closed" role="note">
        {status.reason ?? t('closed')}
      </div>
    );
  }
  const locked = status?.type === 'locked';
  const own = toolOf(options.value, choices.value)?.placeholderOverride ?? options.value.placeholder;
  const placeholder = locked ? (status.reason ?? t('locked')) : (own ?? t('placeholder'));
  return <Form placeholder={placeholder} locked={locked} />;
}

function Form({ placeholder, locked }: { placeholder: string; locked: boolean }) {
  const { session, state, options, composer, dictation, t } = useView();
  const [shortened, setShortened] = useState(false);
  const field = useRef<RichField>(null);
  const form = useRef<HTMLFormElement>(null);
  const tagMenu = useTagMenu(field);
  const commandMenu = useCommandMenu(field);
  const toolEntries = useToolEntries();
  useOwnCommands(form, toolEntries);

  const submit = (): void => {
    if (field.current?.composing !== true) void session.submit();
  };
  const onKeyDown = keyHandler((event) => {
    if (tagMenu.takeKey(event) || commandMenu.takeKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Escape' && state.value.canStop && state.value.turn !== 'idle') {
      event.stopPropagation();
      session.stopResponse();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    submit();
  });
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    submit();
  };
  return (
    <form class={`composer${locked ? ' locked' : ''}`} ref={form} onSubmit={onSubmit}>
      <DropZone disabled={locked} />
      <QuoteChip />
      <AttachmentTray />
      <DictationNote />
      {shortened && composer.value.text.length === MAX_DRAFT_LENGTH && (
        <p class="composer-note" role="alert">
          {t('shortened', { count: MAX_DRAFT_LENGTH })}
        </p>
      )}
      <div class="composer-body">
        {tagMenu.open && <WordMenuList menu={tagMenu} />}
        {commandMenu.open && <WordMenuList menu={commandMenu} />}
        <Editor
          field={field}
          placeholder={placeholder}
          disabled={locked}
          list={tagMenu.list ?? commandMenu.list}
          onKeyDown={onKeyDown}
          onCut={setShortened}
        />
        {dictation.value.status === 'idle' ? (
          <div class="composer-bar">
            <div class="bar-start">
              <AttachButton disabled={locked} />
              <PlusMenu entries={toolEntries} disabled={locked} />
              {options.value.entities.showMenu && (
                <IconButton
                  name={t('mention')}
                  icon="at"
                  disabled={locked}
                  onClick={() => field.current?.begin('@')}
                />
              )}
              <ToolChips disabled={locked} />
            </div>
            <div class="bar-end">
              <ModelPicker disabled={locked} />
              <DictateButton disabled={locked} />
              <SendButton locked={locked} submit={submit} />
            </div>
          </div>
        ) : (
          <DictationBar onWords={(words) => field.current?.begin(words)} />
        )}
      </div>
    </form>
  );
}
