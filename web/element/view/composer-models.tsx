import { modelOf } from '../session/choices.js';
import { useView } from './context.js';
import { Icon } from './icon.js';
import { MenuButton } from './menu-button.js';

/** Which model answers. */
export function ModelPicker({ disabled }: { disabled: boolean }) {
  const { session, options, choices, t } = useView();
  const picked = modelOf(options.value, choices.value);
  if (!picked) return null;
  const entries = options.value.models.map((model) => ({
    id: model.id,
    label: model.label,
    description: model.description,
    checked: model === picked,
    disabled: model.disabled === true,
    choose: () => session.choices.pickModel(model.id),
  }));
  return (
    <MenuButton
      kind="listbox"
      name={t('model', { model: picked.label })}
      title={t('models')}
      class="model-button"
      align="end"
      entries={entries}
      disabled={disabled}
    >
      <span>{picked.label}</span>
      <Icon name="chevron-down" />
    </MenuButton>
  );
}
