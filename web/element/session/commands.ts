import type { Command, CommandsOption } from '@openai/chatkit';
import { readEntity } from './entity.js';
import type { EntityInfo } from './entity.js';
import { asError } from './failure.js';
import { compact, filled, readAll, record, text } from './json.js';
import type { Options } from './options.js';
import type { Store } from './store.js';
import { WordSearch, fits } from './word-search.js';
import type { WordEntry } from './word-search.js';

/** What the page says about its commands. */
export interface CommandOptions {
  readonly enabled: boolean;
  readonly search: CommandsOption['onSearch'];
  readonly select: CommandsOption['onSelect'];
}

/** A command of the page, or an action of the composer's own. */
export interface CommandInfo extends WordEntry {
  readonly run?: () => void;
}

/** What follows a command that was chosen. */
export type CommandOutcome =
  | { readonly type: 'entity'; readonly entity: EntityInfo }
  | { readonly type: 'menu'; readonly commands: readonly CommandInfo[] };

export function readCommands(value: unknown): CommandOptions {
  const { enabled, onSearch, onSelect } = record(value);
  return {
    enabled: enabled === true,
    search: typeof onSearch === 'function' ? (onSearch as CommandOptions['search']) : undefined,
    select: typeof onSelect === 'function' ? (onSelect as CommandOptions['select']) : undefined,
  };
}

function readCommand(value: unknown): CommandInfo | undefined {
  const command = record(value);
  const id = text(command.id);
  if (id === undefined) return undefined;
  return compact({
    id,
    title: filled(command.label) ?? id,
    description: filled(command.description),
    icon: filled(command.icon),
    group: filled(command.group),
  });
}

/** The menu behind a `/`: what the composer can do itself, and the commands of the page. */
export class Commands {
  readonly search: WordSearch<CommandInfo>;
  /** What the composer offers of its own now; set by the view, which has the buttons. */
  actions: () => readonly CommandInfo[] = () => [];

  constructor(
    private readonly options: Store<Options>,
    private readonly report: (error: Error) => void,
  ) {
    this.search = new WordSearch('/', () => this.#finder(), report);
  }

  /** Gives a command to the page; what the page gives back says how it goes on. Never rejects. */
  async select({
    id,
    title: label,
    description,
    icon,
    group,
  }: CommandInfo): Promise<CommandOutcome | undefined> {
    const command = compact({ id, label, description, icon: icon as Command['icon'], group });
    try {
      const outcome = record(await this.options.value.commands.select?.(command));
      if (outcome.type === 'menu') return { type: 'menu', commands: readAll(outcome.commands, readCommand) };
      const entity = outcome.type === 'entity' ? readEntity(outcome.entity) : undefined;
      return entity && { type: 'entity', entity };
    } catch (thrown) {
      this.report(asError(thrown));
      return undefined;
    }
  }

  #finder(): ((query: string) => Promise<readonly CommandInfo[]>) | undefined {
    const { enabled, search } = this.options.value.commands;
    if (!enabled) return undefined;
    return async (query) => {
      const own = this.actions().filter((entry) => fits(entry, query));
      return [...own, ...readAll(await search?.(query), readCommand)];
    };
  }
}
