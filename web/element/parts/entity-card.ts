export { EntityPreview } from '../view/entity-preview.js';
