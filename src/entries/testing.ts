export {
  callOf,
  describeStore,
  ScriptedModel,
  textOf,
  type OpenedStore,
  type ScriptedOutput,
} from '../testing/index.js';
