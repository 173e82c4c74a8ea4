import { nestValues } from './form-values.js';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isField(element: Element): element is Field {
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName);
}

/** What a field holds: whether it is ticked, or its text. */
export function valueOf(field: Field): string | boolean {
  return field instanceof HTMLInputElement && field.type === 'checkbox' ? field.checked : field.value;
}

/** The field of a widget that an event comes from. */
export function fieldOf(event: Event): Field | undefined {
  const { target } = event;
  return target instanceof Element && isField(target) && target.dataset.name !== undefined
    ? target
    : undefined;
}

/** The values of a form's named fields; a radio group counts by its chosen option. */
export function readForm(form: HTMLFormElement | null): Record<string, unknown> {
  const fields = form ? [...form.querySelectorAll('[data-name]')].filter(isField) : [];
  const counted = fields.filter(
    (field) =>
      field.closest('form') === form &&
      !field.disabled &&
      !(field instanceof HTMLInputElement && field.type === 'radio' && !field.checked),
  );
  return nestValues(counted.map((field) => [field.dataset.name ?? '', valueOf(field)] as const));
}
