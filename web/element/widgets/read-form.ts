import { nestValues } from './form-values.js';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isField(element: Element): element is Field {
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName);
}

function valueOf(field: Field): unknown {
  return field instanceof HTMLInputElement && field.type === 'checkbox' ? field.checked : field.value;
}

/** The values of a form's named fields; a radio group counts by its chosen option. */
export function readForm(form: HTMLFormElement | null): Record<string, unknown> {
  const fields = form ? [...form.elements].filter(isField) : [];
  const counted = fields.filter(
    (field) =>
      !field.disabled && !(field instanceof HTMLInputElement && field.type === 'radio' && !field.checked),
  );
  return nestValues(counted.map((field) => [field.name, valueOf(field)] as const));
}
