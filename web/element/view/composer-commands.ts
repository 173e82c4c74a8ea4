import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CommandInfo } from '../session/commands.js';
import { useView } from './context.js';
import type { MenuEntry } from './menu-button.js';

/** Tells the menu behind a `/` what the composer has buttons for: files, tools, dictation. */
export function useOwnCommands(form: RefObject<HTMLFormElement | null>, tools: readonly MenuEntry[]): void {
  const { session, options, t } = useView();
  const { attachments, api, dictation } = options.value;
  const commands: CommandInfo[] = [];
  if (attachments.enabled && api.uploads) {
    const run = (): void => form.current?.querySelector<HTMLInputElement>('.file-picker')?.click();
    commands.push({ id: 'attach', title: t('attach'), icon: 'paperclip', run });
  }
  for (const { id, label, icon = 'sparkle', choose } of tools)
    commands.push({ id, title: label, icon, run: choose });
  if (dictation && session.dictation.supported) {
    const run = (): void => void session.dictation.start();
    commands.push({ id: 'dictate', title: t('dictate'), icon: 'microphone', run });
  }
  useEffect(() => {
    session.commands.actions = () => commands;
  });
}
