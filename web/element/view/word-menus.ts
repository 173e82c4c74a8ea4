import type { RefObject } from 'preact';
import type { CommandInfo } from '../session/commands.js';
import { tagOf } from '../session/entity.js';
import type { EntityInfo } from '../session/entity.js';
import { EMPTY_TEXT, joinRich, plainRich, tagRich } from '../session/rich-text.js';
import type { RichText } from '../session/rich-text.js';
import { useView } from './context.js';
import type { RichField } from './editor/field.js';
import type { Span } from './editor/selection.js';
import { useWordMenu } from './word-menu.js';
import type { WordMenu } from './word-menu.js';

const mention = (entity: EntityInfo): RichText => joinRich(tagRich(tagOf(entity)), plainRich(' '));

/** The list of entities behind an `@`. */
export function useTagMenu(field: RefObject<RichField | null>): WordMenu<EntityInfo> {
  const { session, tags } = useView();
  const choose = (entity: EntityInfo, word: Span): void => field.current?.replace(word, mention(entity));
  return useWordMenu({ title: 'mentions', search: session.tags, shown: tags, choose });
}

/** The list of commands behind a `/`. */
export function useCommandMenu(field: RefObject<RichField | null>): WordMenu<CommandInfo> {
  const { session, commands } = useView();
  const choose = async (command: CommandInfo, word: Span): Promise<void> => {
    field.current?.replace(word, EMPTY_TEXT);
    if (command.run) {
      command.run();
      return;
    }
    const outcome = await session.commands.select(command);
    if (outcome?.type === 'entity') field.current?.insert(mention(outcome.entity));
    if (outcome?.type === 'menu') {
      session.commands.search.offer(outcome.commands);
      field.current?.begin('/');
    }
  };
  return useWordMenu({
    title: 'commands',
    search: session.commands.search,
    shown: commands,
    choose: (command, word) => void choose(command, word),
  });
}
