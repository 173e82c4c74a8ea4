import { filled, readAll, record, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import type { NodeProps } from './node.js';
import { textStyle } from './text-style.js';
import { useField } from './use-field.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly disabled: boolean;
}

export function choicesOf(node: WidgetNode): readonly Choice[] {
  return readAll(node.options, (entry) => {
    const option = record(entry);
    const value = text(option.value);
    return value === undefined
      ? undefined
      : {
          value,
          label: filled(option.label) ?? value,
          description: filled(option.description),
          disabled: option.disabled === true,
        };
  });
}

export function CheckboxNode({ node }: Props) {
  const { shared, change, kept } = useField(node);
  const label = filled(node.label);
  return (
    <label class="option">
      <input
        {...shared}
        type="checkbox"
        defaultChecked={typeof kept === 'boolean' ? kept : node.defaultChecked === true}
        onChange={(event) => change(event.currentTarget, event.currentTarget.checked)}
      />
      {label !== undefined && <span>{label}</span>}
    </label>
  );
}

export function RadioGroupNode({ node }: Props) {
  const { labelled } = useWidget();
  const { shared, change, kept, name } = useField(node);
  const { id, disabled, required, 'aria-busy': busy } = shared;
  const chosen = text(kept) ?? node.defaultValue;
  const named = labelled.has(name)
    ? { 'aria-labelledby': labelId(id) }
    : { 'aria-label': filled(node.ariaLabel) ?? name };
  return (
    <div
      role="radiogroup"
      id={id}
      {...named}
      aria-required={required}
      aria-busy={busy}
      class={node.direction === 'col' ? 'w-options column' : 'w-options'}
    >
      {choicesOf(node).map((choice) => (
        <label class="option">
          <input
            type="radio"
            name={shared.name}
            data-name={name}
            data-key={shared['data-key']}
            value={choice.value}
            required={required}
            disabled={disabled || choice.disabled}
            defaultChecked={choice.value === chosen}
            onChange={(event) => change(event.currentTarget, choice.value)}
          />
          <span>
            {choice.label}
            {choice.description !== undefined && <small>{choice.description}</small>}
          </span>
        </label>
      ))}
    </div>
  );
}

function labelId(fieldId: string): string {
  return `${fieldId}-label`;
}

export function LabelNode({ node }: Props) {
  const { dark, fieldId } = useWidget();
  const id = fieldId(text(node.fieldName) ?? '');
  const size = ['xs', 'sm', 'md', 'lg', 'xl'].find((known) => known === node.size) ?? 'sm';
  return (
    <label class={`w-label w-text text-${size}`} style={textStyle(node, dark)} id={labelId(id)} for={id}>
      {text(node.value)}
    </label>
  );
}
