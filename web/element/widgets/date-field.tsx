import { useRef } from 'preact/hooks';
import { filled, text } from '../session/json.js';
import { Clearable } from './clearable.js';
import type { NodeProps } from './node.js';
import { fieldClass, useField } from './use-field.js';

/** The day part of an ISO time, as date fields want it. */
function day(value: unknown): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(filled(value) ?? '')?.[0];
}

export function DatePickerNode({ node }: Required<NodeProps>) {
  const { shared, change, enter, kept, ownName } = useField(node);
  const field = useRef<HTMLInputElement>(null);
  const clear = (): void => {
    const input = field.current;
    if (!input || input.value === '') return;
    input.value = '';
    enter('');
    change(input, '');
  };
  return (
    <Clearable node={node} name={ownName} clear={clear}>
      <input
        {...shared}
        class={fieldClass(node)}
        type="date"
        ref={field}
        defaultValue={text(kept) ?? day(node.defaultValue)}
        min={day(node.min)}
        max={day(node.max)}
        onChange={({ currentTarget: input }) => {
          // While the year is being typed it runs through dates of the first centuries.
          if (input.validity.valid && !input.value.startsWith('0')) change(input, input.value);
        }}
      />
    </Clearable>
  );
}
