export {
  CheckboxNode,
  DatePickerNode,
  InputNode,
  LabelNode,
  RadioGroupNode,
  SelectNode,
  TextareaNode,
} from '../widgets/fields.js';
