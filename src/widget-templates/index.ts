export { WidgetTemplate, type WidgetDefinition } from './widget-template.js';
export { WidgetTemplateError } from './widget-template-error.js';
export { WidgetTemplates } from './widget-templates.js';
