import { filled, index, oneOf, readAll, record, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import type { NodeProps } from './node.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

const INPUT_TYPES = ['number', 'email', 'text', 'password', 'tel', 'url'] as const;

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled: boolean;
}

function choicesOf(node: WidgetNode): readonly Choice[] {
  return readAll(node.options, (entry) => {
    const option = record(entry);
    const value = text(option.value);
    return value === undefined
      ? undefined
      : { value, label: text(option.label) ?? value, disabled: option.disabled === true };
  });
}

/** What every field has: its name, an id for labels, and a name for screen readers when no label is there. */
function useField(node: WidgetNode) {
  const { fieldId, labelled, act } = useWidget();
  const name = text(node.name) ?? '';
  const ownName = filled(node.placeholder) ?? filled(node.label) ?? name;
  const change = (element: Element, value: unknown): void =>
    void act(node.onChangeAction, node, element, { [name]: value });
  return {
    change,
    shared: {
      id: fieldId(name),
      name,
      disabled: node.disabled === true,
      required: node.required === true,
      'aria-label': labelled.has(name) ? undefined : ownName,
    },
  };
}

function boxClass(node: WidgetNode): string {
  const block = node.block === true ? ' block' : '';
  return `field${node.variant === 'soft' ? ' soft' : ''}${node.pill === true ? ' pill' : ''}${block}`;
}

export function InputNode({ node }: Props) {
  const { shared } = useField(node);
  const kind = { type: oneOf(node.inputType, INPUT_TYPES, 'text') as 'text' };
  return (
    <input
      {...shared}
      {...kind}
      class={boxClass(node)}
      defaultValue={text(node.defaultValue) ?? ''}
      pattern={filled(node.pattern)}
      placeholder={text(node.placeholder)}
      autoComplete={node.allowAutofillExtensions === true ? undefined : 'off'}
    />
  );
}

export function TextareaNode({ node }: Props) {
  const { shared } = useField(node);
  return (
    <textarea
      {...shared}
      class={`${boxClass(node)}${node.autoResize === false ? '' : ' auto'}`}
      rows={index(node.rows) ?? 3}
      defaultValue={text(node.defaultValue) ?? ''}
      placeholder={text(node.placeholder)}
    />
  );
}

export function SelectNode({ node }: Props) {
  const { shared, change } = useField(node);
  const chosen = text(node.defaultValue) ?? '';
  const placeholder = text(node.placeholder) ?? '';
  return (
    <select
      {...shared}
      class={boxClass(node)}
      defaultValue={chosen}
      onChange={(event) => change(event.currentTarget, event.currentTarget.value)}
    >
      {(chosen === '' || node.clearable === true) && <option value="">{placeholder}</option>}
      {choicesOf(node).map(({ value, label, disabled }) => (
        <option value={value} disabled={disabled} selected={value === chosen}>
          {label}
        </option>
      ))}
    </select>
  );
}

export function CheckboxNode({ node }: Props) {
  const { shared, change } = useField(node);
  const label = filled(node.label);
  return (
    <label class="option">
      <input
        {...shared}
        type="checkbox"
        defaultChecked={node.defaultChecked === true}
        onChange={(event) => change(event.currentTarget, event.currentTarget.checked)}
      />
      {label !== undefined && <span>{label}</span>}
    </label>
  );
}

export function RadioGroupNode({ node }: Props) {
  const { shared, change } = useField(node);
  const { id, name, required, disabled } = shared;
  return (
    <div
      role="radiogroup"
      aria-label={filled(node.ariaLabel) ?? name}
      class={node.direction === 'col' ? 'w-options column' : 'w-options'}
    >
      {choicesOf(node).map((choice, at) => (
        <label class="option">
          <input
            type="radio"
            id={at === 0 ? id : undefined}
            name={name}
            value={choice.value}
            required={required}
            disabled={disabled || choice.disabled}
            defaultChecked={choice.value === node.defaultValue}
            onChange={(event) => change(event.currentTarget, choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  );
}

/** The day part of an ISO time, as date fields want it. */
function day(value: unknown): string | undefined {
  return filled(value)?.slice(0, 10);
}

export function DatePickerNode({ node }: Props) {
  const { shared, change } = useField(node);
  return (
    <input
      {...shared}
      class={boxClass(node)}
      type="date"
      defaultValue={day(node.defaultValue)}
      min={day(node.min)}
      max={day(node.max)}
      onChange={(event) => change(event.currentTarget, event.currentTarget.value)}
    />
  );
}

export function LabelNode({ node }: Props) {
  const { fieldId } = useWidget();
  return (
    <label class="w-label" for={fieldId(text(node.fieldName) ?? '')}>
      {text(node.value)}
    </label>
  );
}
