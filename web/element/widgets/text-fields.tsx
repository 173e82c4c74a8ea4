import { useLayoutEffect, useRef } from 'preact/hooks';
import { filled, index, number, oneOf, record, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { useView } from '../view/context.js';
import type { NodeProps } from './node.js';
import { autofill, fieldClass, patternOf, useArrival, useField } from './use-field.js';
import { textClass, textStyle } from './text-style.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

const INPUT_TYPES = ['number', 'email', 'text', 'password', 'tel', 'url'] as const;

export function InputNode({ node }: Props) {
  const { shared, kept } = useField(node);
  const field = useRef<HTMLInputElement>(null);
  useArrival(field, node);
  const type = oneOf(node.inputType, INPUT_TYPES, 'text');
  const kind = { type: type as 'text' };
  const given = text(kept) ?? text(node.defaultValue) ?? number(node.defaultValue)?.toString() ?? '';
  return (
    <input
      {...shared}
      {...autofill(node.allowAutofillExtensions, undefined)}
      {...kind}
      class={fieldClass(node)}
      ref={field}
      defaultValue={type === 'number' && !Number.isFinite(Number(given)) ? '' : given}
      pattern={patternOf(node.pattern) && filled(node.pattern)}
      placeholder={text(node.placeholder)}
    />
  );
}

export function TextareaNode({ node }: Props) {
  const { shared, kept } = useField(node);
  const grows = node.autoResize !== false;
  const most = index(node.maxRows);
  return (
    <Lines
      node={node}
      shared={{ ...shared, ...autofill(node.allowAutofillExtensions, undefined) }}
      look={`${fieldClass(node)}${grows ? ' auto' : ''}`}
      rows={index(node.rows) ?? 3}
      value={text(kept) ?? text(node.defaultValue) ?? ''}
      // The lines, and the room around them.
      style={grows && most !== undefined ? { maxBlockSize: `calc(${most}lh + 16px)` } : {}}
    />
  );
}

/** Text that can be written over where it stands. */
export function EditableText({ node }: Props) {
  const { dark } = useWidget();
  const editable = record(node.editable);
  const field: WidgetNode = { ...editable, type: 'Text', ...(node.id === undefined ? {} : { id: node.id }) };
  const { shared, kept } = useField(field);
  return (
    <Lines
      node={field}
      shared={{ ...shared, ...autofill(editable.allowAutofillExtensions, editable.autoComplete) }}
      look={textClass('w-text editable', node)}
      rows={index(node.minLines) ?? 1}
      value={text(kept) ?? text(node.value) ?? ''}
      style={textStyle(node, dark)}
    />
  );
}

interface LinesProps {
  readonly node: WidgetNode;
  readonly shared: object;
  readonly look: string;
  readonly rows: number;
  readonly value: string;
  readonly style: Readonly<Record<string, string>>;
}

/** A field of several lines; these know no patterns by themselves. */
function Lines({ node, shared, look, rows, value, style }: LinesProps) {
  const { t } = useView();
  const field = useRef<HTMLTextAreaElement>(null);
  const pattern = patternOf(node.pattern);
  const check = (): void => {
    const written = field.current?.value ?? '';
    const wrong = pattern !== undefined && written !== '' && !pattern.test(written);
    field.current?.setCustomValidity(wrong ? t('wrongFormat') : '');
  };
  useLayoutEffect(check, [node.pattern, value]);
  useArrival(field, node);
  return (
    <textarea
      {...shared}
      class={look}
      style={style}
      ref={field}
      rows={rows}
      defaultValue={value}
      placeholder={text(node.placeholder)}
      onInput={check}
    />
  );
}
