export { callOf, ScriptedModel, textOf } from '../../../src/testing/index.js';
