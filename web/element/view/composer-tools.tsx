import type { ToolOption } from '@openai/chatkit';
import { toolOf } from '../session/choices.js';
import { useView } from './context.js';
import { Icon } from './icon.js';
import { MenuButton } from './menu-button.js';
import type { MenuEntry } from './menu-button.js';

/** The tools of the plus menu; a pinned tool has a button of its own. */
export function useToolEntries(): readonly MenuEntry[] {
  const { session, options, choices } = useView();
  return options.value.tools
    .filter(({ pinned }) => pinned !== true)
    .map(({ id, label, icon }) => {
      const checked = choices.value.toolId === id;
      const choose = (): void => {
        session.choices.pickTool(checked ? null : id);
        if (!checked) session.log('composer.tool.select', { toolId: id, source: 'toolMenu' });
        session.focusComposer();
      };
      return { id: `tool-${id}`, label, icon, checked, choose };
    });
}

/** Opens everything that can be added to a message. */
export function PlusMenu({ entries, disabled }: { entries: readonly MenuEntry[]; disabled: boolean }) {
  const { t } = useView();
  if (entries.length === 0) return null;
  return (
    <MenuButton
      kind="menu"
      name={t('add')}
      title={t('tools')}
      class="icon-button"
      align="start"
      entries={entries}
      disabled={disabled}
    >
      <Icon name="plus" />
    </MenuButton>
  );
}

/** The pinned tools, and the picked one if it comes from the menu. */
export function ToolChips({ disabled }: { disabled: boolean }) {
  const { options, choices } = useView();
  const picked = toolOf(options.value, choices.value);
  const pinned = options.value.tools.filter((tool) => tool.pinned === true);
  return (
    <>
      {pinned.map((tool) => (
        <PinnedTool key={tool.id} tool={tool} on={tool === picked} disabled={disabled} />
      ))}
      {picked && picked.pinned !== true && <PickedTool tool={picked} />}
    </>
  );
}

function PinnedTool({ tool, on, disabled }: { tool: ToolOption; on: boolean; disabled: boolean }) {
  const { session } = useView();
  return (
    <button
      type="button"
      class="tool-chip"
      aria-pressed={on}
      aria-label={tool.label}
      title={tool.label}
      disabled={disabled}
      onClick={() => session.choices.pickTool(on ? null : tool.id)}
    >
      <Icon name={tool.icon} />
      <span>{tool.shortLabel ?? tool.label}</span>
      {on && <Icon name="close" />}
    </button>
  );
}

function PickedTool({ tool }: { tool: ToolOption }) {
  const { session, t } = useView();
  const remove = (): void => {
    session.choices.pickTool(null);
    session.focusComposer();
  };
  return (
    <span class="tool-chip on">
      <Icon name={tool.icon} />
      <span>{tool.shortLabel ?? tool.label}</span>
      <button
        type="button"
        class="chip-close"
        aria-label={t('removeTool', { tool: tool.label })}
        onClick={remove}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}
