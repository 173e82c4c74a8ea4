import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { MAX_DRAFT_LENGTH } from '../../session/composer.js';
import { entityOf } from '../../session/entity.js';
import { useView } from '../context.js';
import { tagAt } from './dom.js';
import { RichField } from './field.js';

interface EditorProps {
  readonly field: RefObject<RichField | null>;
  readonly placeholder: string;
  readonly disabled: boolean;
  /** Ids of the list that completes what is being written, and of its active option. */
  readonly list: { readonly id: string; readonly active: string } | undefined;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onCut: (shortened: boolean) => void;
}

/** Where the message is written: plain text with tags. Its content is the field's alone, never rendered here. */
export function Editor({ field, placeholder, disabled, list, onKeyDown, onCut }: EditorProps) {
  const { session, options, previewing, t } = useView();
  const root = useRef<HTMLDivElement>(null);
  const cut = useRef(onCut);
  cut.current = onCut;

  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const { composer, tags, commands } = session;
    const look = (text: string, caret: number | undefined): void => {
      tags.look(text, caret);
      commands.search.look(text, caret);
    };
    const made = new RichField(element, MAX_DRAFT_LENGTH, {
      changed: ({ text, tags: used }) => composer.type(text, used),
      caretMoved: look,
      cut: (shortened) => cut.current(shortened),
    });
    field.current = made;
    const stop = new AbortController();
    made.listen(stop.signal);
    made.show(composer.state.value);
    let { revision } = composer.state.value;
    // Followed at once, not with the next frame: what is typed until then would be lost.
    const unsubscribe = composer.state.subscribe(() => {
      if (composer.state.value.revision === revision) return;
      revision = composer.state.value.revision;
      made.show(composer.state.value);
    });
    return () => {
      unsubscribe();
      stop.abort();
      look('', undefined);
      field.current = null;
    };
  }, []);
  useLayoutEffect(() => {
    if (root.current) setEditable(root.current, !disabled);
  }, [disabled]);

  const onMouseOver = (event: MouseEvent): void => {
    const { target } = event;
    const tag = target instanceof HTMLElement ? tagAt(target) : undefined;
    if (tag && target instanceof HTMLElement) previewing.aim(entityOf(tag), target);
    else previewing.leave();
  };
  const completes = options.value.entities.search !== undefined || options.value.commands.enabled;
  return (
    <div
      ref={root}
      class="input"
      role="textbox"
      aria-multiline="true"
      tabIndex={disabled ? -1 : 0}
      aria-label={t('message')}
      aria-placeholder={placeholder}
      aria-disabled={disabled}
      aria-autocomplete={completes ? 'list' : undefined}
      aria-haspopup={completes ? 'listbox' : undefined}
      aria-controls={list?.id}
      aria-activedescendant={list?.active}
      data-placeholder={placeholder}
      spellcheck
      enterkeyhint="send"
      onKeyDown={onKeyDown}
      onMouseOver={onMouseOver}
      onMouseLeave={() => previewing.leave()}
    />
  );
}

function setEditable(element: HTMLElement, editable: boolean): void {
  try {
    element.contentEditable = editable ? 'plaintext-only' : 'false';
  } catch {
    // Browsers that do not know plain text edit any; the field lets no formats in.
    element.contentEditable = 'true';
  }
}
