export {
  WidgetTemplate,
  WidgetTemplateError,
  WidgetTemplates,
  type WidgetDefinition,
} from '../widget-templates/index.js';
