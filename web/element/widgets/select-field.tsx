import { useRef, useState } from 'preact/hooks';
import { text } from '../session/json.js';
import { useView } from '../view/context.js';
import { choicesOf } from './choice-fields.js';
import { Clearable } from './clearable.js';
import type { NodeProps } from './node.js';
import { SelectList } from './select-list.js';
import { fieldClass, useField } from './use-field.js';

/** Options above which one can search in them, unless the server says otherwise. */
const MANY = 15;

/** A choice of one; the browser's own control, but where options are described or many. */
export function SelectNode({ node }: Required<NodeProps>) {
  const { t } = useView();
  const { shared, change, enter, kept, ownName } = useField(node);
  const choices = choicesOf(node);
  const wanted = text(kept) ?? text(node.defaultValue) ?? '';
  const first = choices.some(({ value }) => value === wanted) ? wanted : '';
  const [value, setValue] = useState(first);
  const control = useRef<HTMLSelectElement>(null);
  const placeholder = text(node.placeholder) ?? t('choose');
  const searchable = node.searchable === true || (node.searchable !== false && choices.length > MANY);
  const own = searchable || choices.some(({ description }) => description !== undefined);
  const list = { choices, value, placeholder, searchable, look: fieldClass(node), shared, name: ownName };
  const choose = (next: string, element: Element): void => {
    setValue(next);
    enter(next);
    change(element, next);
  };
  const around = useRef<HTMLSpanElement>(null);
  const clear = (): void => {
    const element = control.current ?? around.current;
    if (control.current) control.current.value = '';
    if (value !== '' && element) choose('', element);
  };
  return (
    <Clearable node={node} name={ownName} clear={clear}>
      {own ? (
        <SelectList {...list} around={around} choose={choose} />
      ) : (
        <select
          {...shared}
          class={fieldClass(node)}
          ref={control}
          onChange={(event) => choose(event.currentTarget.value, event.currentTarget)}
        >
          <option value="" disabled hidden selected={first === ''}>
            {placeholder}
          </option>
          {choices.map((choice) => (
            <option value={choice.value} disabled={choice.disabled} selected={choice.value === first}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Clearable>
  );
}
