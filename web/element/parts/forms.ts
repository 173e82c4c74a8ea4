import css from '../styles/widget-fields.css?inline';
import { addStyles } from '../styles/sheet.js';

export { CheckboxNode, LabelNode, RadioGroupNode } from '../widgets/choice-fields.js';
export { DatePickerNode } from '../widgets/date-field.js';
export { SelectNode } from '../widgets/select-field.js';
export { EditableText, InputNode, TextareaNode } from '../widgets/text-fields.js';

addStyles(css);
