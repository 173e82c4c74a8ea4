export { StructuredForm } from '../view/structured-form.js';
export { AnswerSummary } from '../view/structured-summary.js';
